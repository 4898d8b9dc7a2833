"""The admin page that shows what publishing would change, and publishes an edition."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from calculator.engine import Edition as EngineEdition
from earnverdict import formatting
from skills.admin.article_losses import describe_loss, form_addresses
from skills.admin.publish_errors import refused_rows
from skills.admin.waiting_rows import list_waiting_rows
from skills.articles.checks import Finding, find_contradictions
from skills.articles.losses import find_losses, relevant_texts
from skills.articles.published import published_articles
from skills.editions.document import DamagedEdition, engine_edition
from skills.editions.impact import compute_impact
from skills.editions.preview import Preview, read_preview
from skills.editions.publish import (
    CannotSave,
    CatalogueChanged,
    PublishConflict,
    PublishRefused,
    check_expected,
    publication,
    publish_edition,
)
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.line_ends import normalize_line_ends
from skills.models import Edition
from skills.presenters.difference import present_difference, present_first_edition
from skills.presenters.impact import present_impact
from skills.presenters.way_impact import present_way_impact

PERMISSION = "skills.publish_edition"
#: Characters of the publisher's name in an edition.
MAX_NAME_CHARACTERS = 150
_TYPED = ("note", "correction")
#: Of more rows that leave the site, the editor types the number.
MAX_NAMES_TO_TYPE = 5
#: Those who may see what waits; only publishers may publish it.
_SEE_CHANGES = (PERMISSION, "skills.change_evidence", "skills.change_skill")


class PublishForm(forms.Form):
    """The edition's note for readers. The editor must confirm that nothing changed, and what leaves the site."""

    note = forms.CharField(
        label="What changed, and why",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Readers see it on the page of what changed, for good.",
    )
    correction = forms.CharField(
        label="Correction (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if an earlier edition was wrong: what was wrong, and since when. Readers see it too.",
    )
    unchanged = forms.BooleanField(
        label="Publish although nothing changed",
        error_messages={"required": "Nothing changed. Tick this if you mean to publish the same figures again."},
    )

    leaving = forms.CharField(
        label="What leaves the site",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, preview: Preview, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self._leaving = [change.label for change in preview.leaving]
        if not preview.is_unchanged:
            del self.fields["unchanged"]
        if self._leaving:
            self.fields["leaving"].help_text = f"Type to confirm: {self.confirmation}"
        else:
            del self.fields["leaving"]

    @property
    def confirmation(self) -> str:
        """What the editor types so that rows may leave: their names, or their number if there are many."""
        many = formatting.plural(len(self._leaving), "row")
        return many if len(self._leaving) > MAX_NAMES_TO_TYPE else "; ".join(self._leaving)

    def clean_note(self) -> str:
        return normalize_line_ends(self.cleaned_data["note"])

    def clean_correction(self) -> str:
        return normalize_line_ends(self.cleaned_data["correction"])

    def clean_leaving(self) -> str:
        typed = _read_names(self.cleaned_data["leaving"])
        if typed != _read_names(self.confirmation):
            raise forms.ValidationError("These leave the site if you publish. Type their names to confirm that.")
        return str(self.cleaned_data["leaving"])


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedArticle:
    """A published or scheduled text with the names that it would lose, lacks or contradicts under the next edition.

    `address` is empty while the article has none, `form` if the editor may not open it, and `scheduled` unless the
    text is scheduled.
    """

    title: str
    address: str
    form: str
    scheduled: str
    loss: str
    problems: tuple[Finding, ...]


def may_see_changes(request: HttpRequest) -> bool:
    """Return whether the editor may see what the next edition would change."""
    return any(request.user.has_perm(permission) for permission in _SEE_CHANGES)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Show what the next edition would change. A POST publishes it, if it is still what was shown."""
    if not (request.user.has_perm(PERMISSION) or (request.method != "POST" and may_see_changes(request))):
        raise PermissionDenied
    try:
        preview = read_preview()
        form = PublishForm(request.POST or None, preview=preview)
        if request.method == "POST":
            if _publish(request, form, preview):
                return redirect("admin:skills_edition_publish")
            if not form.errors:  # publishing failed, and the preview may have changed
                preview = read_preview()
                form = PublishForm(initial=_read_typed(request), preview=preview)
    except (DamagedEdition, PublishConflict) as error:
        return _render_page(request, {"problem": str(error), "typed": _read_typed(request)})
    return _render_page(request, _preview_context(request, preview) | {"form": form, "typed": _read_typed(request)})


def _publish(request: HttpRequest, form: PublishForm, preview: Preview) -> bool:
    """Publish and return whether it worked; if not, the form has errors or the editor gets a message."""
    expected = request.POST.get("fingerprint", "")
    try:
        check_expected(expected, preview.fingerprint, preview.latest)
        if not form.is_valid():
            return False
        edition = _publish_and_log(request, form, expected)
    except CatalogueChanged:
        messages.warning(request, "The figures changed since you looked: here they are again. Nothing was published.")
    except PublishRefused as error:
        rows = "; ".join(str(refusal) for refusal in error.refusals)
        messages.error(request, f"Nothing was published. {rows}")
    except CannotSave as error:
        messages.error(request, f"Nothing was published. {error}")
    except (PublishConflict, DamagedEdition) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _describe_success(request, edition))
        return True
    return False


def _publish_and_log(request: HttpRequest, form: PublishForm, expected: str) -> Edition:
    with publication():
        edition = publish_edition(
            note=form.cleaned_data["note"],
            correction=form.cleaned_data["correction"],
            publisher=name_of(request),
            expected=expected,
        )
        log(request, edition, ADDITION, f"Published edition {edition.number}")
    refresh_site()
    return edition


def name_of(request: HttpRequest) -> str:
    """Return the publisher's name, which readers see."""
    user = request.user
    return ((user.get_full_name() if user.is_authenticated else "") or user.get_username())[:MAX_NAME_CHARACTERS]


def log(request: HttpRequest, row: Any, action: int, message: str) -> None:
    LogEntry.objects.log_actions(request.user.pk or 0, [row], action, message, single_object=True)


def refresh_site() -> None:
    """Refresh this process, so that the links of the message work. Other processes follow within seconds."""
    with suppress(DatabaseError, InterfaceError, NothingPublished):
        site_state.refresh()


def _describe_success(request: HttpRequest, edition: Edition) -> str:
    changes = reverse("skills:change", args=[edition.number])
    said = format_html(
        'Edition {} is published. Readers see it within seconds: <a href="{}">what it changed</a>',
        edition.number,
        changes,
    )
    if not request.user.has_perm("skills.view_edition"):
        return format_html("{}.", said)
    record = reverse("admin:skills_edition_change", args=[edition.pk])
    return format_html('{}, <a href="{}">its record</a>.', said, record)


def _read_typed(request: HttpRequest) -> dict[str, str]:
    return {name: text for name in _TYPED if (text := request.POST.get(name, "").strip())}


def _render_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    shared = admin.site.each_context(request) | {"title": "Publish an edition", "opts": Edition._meta}
    return render(request, "admin/skills/edition/publish.html", shared | context)


def _preview_context(request: HttpRequest, preview: Preview) -> dict[str, Any]:
    """Return the preview's context: changed rows and errors always, consequences only if there are no errors."""
    changes = present_difference(preview.older, preview.newer) if preview.older else None
    context: dict[str, Any] = {
        "preview": preview,
        "may_publish": request.user.has_perm(PERMISSION),
        "next": preview.newer["edition"]["number"],
        "base": preview.older["edition"]["number"] if preview.older else None,
        "changes": changes,
        "leaving": preview.leaving,
        "first": "" if preview.older else present_first_edition(preview.newer, is_first=True),
        "refusals": refused_rows(preview.refusals, request.user),
    }
    if preview.older and changes:
        since = datetime.fromisoformat(preview.older["edition"]["published_at"])
        context["tables"] = list_waiting_rows(request, preview.changes, changes, since)
    if preview.refusals:
        return context
    newer = engine_edition(preview.newer)
    older = engine_edition(preview.older) if preview.older else None
    # None if there is nothing to compare with, or nothing that could differ.
    is_compared = older is not None and not preview.is_unchanged
    return context | {
        "impact": present_impact(compute_impact(older, newer), older, newer) if older and is_compared else None,
        "way_moves": present_way_impact(older, newer) if older and is_compared else (),
        "affected": _affected_articles(request, newer, older),
    }


def _affected_articles(
    request: HttpRequest, newer: EngineEdition, older: EngineEdition | None
) -> Sequence[AffectedArticle]:
    now = timezone.now()
    texts = relevant_texts(published_articles(), now)
    losses = {loss.article: loss for loss in find_losses(texts, newer, now, before=older)}
    problems = {article: find_contradictions(article, newer) for article in texts}
    affected = [article for article in texts if article in losses or problems[article]]
    forms = form_addresses((article.slug for article in affected), request.user)
    return [
        AffectedArticle(
            title=article.title,
            address=reverse("skills:article", args=[article.slug]) if article.published_at <= now else "",
            form=forms.get(article.slug, ""),
            scheduled=f"scheduled for {formatting.day(article.updated_at)}" if article.updated_at > now else "",
            loss=describe_loss(losses[article]) if article in losses else "",
            problems=problems[article],
        )
        for article in affected
    ]


def _read_names(text: str) -> set[str]:
    """Read names that are typed one a line, or with semicolons between them, in any case."""
    names = (" ".join(name.split()).casefold() for line in text.splitlines() for name in line.split(";"))
    return {name for name in names if name}

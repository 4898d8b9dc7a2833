"""The admin's other pages of an article: preview, history, and confirmations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from earnverdict.seo import Page
from skills.admin.article_form import PreviewForm, RevisionsForm, WithdrawForm, check_draft
from skills.admin.article_status import describe_status
from skills.admin.publishing import log, refresh_site
from skills.articles.history import compare_texts
from skills.articles.preview import preview_token
from skills.articles.rendering import present_article
from skills.articles.workflow import (
    NotPossible,
    restore_revision,
    take_back_withdrawal,
    unschedule,
    withdraw_article,
)
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.models import Article, Revision

PUBLISH_PERMISSION = "skills.publish_article"

type View = Callable[..., HttpResponse]
type Do = Callable[[Article, str], Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """An action that needs a confirmation, with its consequences."""

    title: str
    consequence: str
    button: str
    done: str
    do: Do
    asks_why: bool = False


WITHDRAW = Confirmation(
    title="Withdraw the article",
    consequence="It leaves every list, the feed and the sitemap, and its address says why instead of showing it. "
    "A scheduled text is taken off the schedule. The withdrawal can be undone.",
    button="Withdraw",
    done="Withdrew the article",
    do=lambda article, reason: withdraw_article(article, reason=reason),
    asks_why=True,
)
TAKE_BACK = Confirmation(
    title="Undo the withdrawal",
    consequence="Readers see the article again, with the text that it had.",
    button="Show it again",
    done="Undid the withdrawal",
    do=lambda article, _: take_back_withdrawal(article),
)
UNSCHEDULE = Confirmation(
    title="Take the text off the schedule",
    consequence="It is no longer published automatically. It stays among the article’s texts.",
    button="Take it off",
    done="Took the text off the schedule",
    do=lambda article, _: unschedule(article),
)


def _require_any(*permissions: str) -> Callable[[View], View]:
    """Require any one of the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **options)

        return wrapper

    return decorate


def confirm(confirmation: Confirmation) -> Callable[..., HttpResponse]:
    """Make the view that asks for confirmation, and carries out the action when it is posted."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @permission_required(PUBLISH_PERMISSION, raise_exception=True)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        form = WithdrawForm(request.POST or None) if confirmation.asks_why else None
        if request.method == "POST" and (form is None or form.is_valid()):
            return _carry_out(request, article, confirmation, form.cleaned_data["reason"] if form else "")
        context = _make_context(request, article, confirmation.title) | {"confirmation": confirmation, "form": form}
        return render(request, "admin/skills/article/confirm.html", context)

    return view


def _carry_out(request: HttpRequest, article: Article, confirmation: Confirmation, reason: str) -> HttpResponse:
    said = f"{confirmation.done}: {reason}" if reason else f"{confirmation.done}."
    try:
        with transaction.atomic():
            confirmation.do(article, reason)
            log(request, article, CHANGE, said)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        refresh_site()
        messages.success(request, said)
    return redirect("admin:skills_article_change", article.pk)


@require_POST
@_require_any("skills.change_article", "skills.add_article")
def preview(request: HttpRequest) -> HttpResponse:
    """Render the preview next to the form: the article's page, and the findings that prevent publishing."""
    form = PreviewForm(request.POST)
    if excesses := form.excesses():
        return render(request, "admin/skills/article/_preview.html", {"problems": excesses})
    typed = form.article()
    try:
        site = site_state.site()
    except NothingPublished as error:
        return render(request, "admin/skills/article/_preview.html", {"problems": [str(error)]})
    page = Page(
        title=typed.title,
        description=typed.standfirst,
        trail=(("Articles", reverse("skills:articles")), (typed.title, "")),
    )
    article = {
        "page": page,
        "words": present_article(typed, site.articles, site.newest.edition),
        "article": typed,
        "published": site.newest,
    }
    findings = check_draft(form["title"].value() or "", typed.standfirst, typed.text, slug=typed.slug)
    context = {
        "text": SafeString(render_to_string("skills/_article.html", article, request)),
        "problems": [finding for finding in findings if finding.is_error],
        "warnings": [finding for finding in findings if not finding.is_error],
    }
    return render(request, "admin/skills/article/_preview.html", context)


@require_http_methods(["GET", "HEAD"])
@_require_any("skills.view_article", "skills.change_article")
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the article's revisions, newest first, and show what changed between two of them."""
    article = get_object_or_404(Article.objects.select_related("published_revision", "scheduled_revision"), pk=pk)
    texts = list(article.revisions.all())
    chosen = {"older": texts[min(1, len(texts) - 1)].number, "newer": texts[0].number} if texts else {}
    form = RevisionsForm(article, chosen | request.GET.dict())
    context = _make_context(request, article, "Texts") | {
        "status": describe_status(article),
        "revisions": [(text, _preview_address(request, text)) for text in texts],
        "form": form,
    }
    if texts and form.is_valid():
        older, newer = form.cleaned_data["older"], form.cleaned_data["newer"]
        context |= {"older": older, "newer": newer, "difference": compare_texts(older, newer)}
    return render(request, "admin/skills/article/revisions.html", context)


@require_POST
@permission_required("skills.change_article", raise_exception=True)
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Restore an old revision as the newest draft."""
    old = get_object_or_404(Revision.objects.select_related("article"), article=pk, number=number)
    try:
        with transaction.atomic():
            new = restore_revision(old, saved_by=request.user.get_username())
            said = f"Restored revision {old.number} as revision {new.number}, a draft."
            log(request, old.article, CHANGE, said)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("admin:skills_article_revisions", pk)
    refresh_site()
    messages.success(request, f"{said} Readers see it when it is published.")
    return redirect("admin:skills_article_change", pk)


def form_context(request: HttpRequest, pk: int | None) -> dict[str, Any]:
    """Return what the article's form shows next to its fields."""
    context: dict[str, Any] = {"may_publish": request.user.has_perm(PUBLISH_PERMISSION)}
    articles = Article.objects.select_related("published_revision", "scheduled_revision")
    article = articles.filter(pk=pk).first() if pk is not None else None
    if article is None:
        return context
    found = describe_status(article)
    address = _preview_address(request, found.newest) if found.newest else ""
    return context | {"status": found, "preview_address": address}


def _preview_address(request: HttpRequest, revision: Revision) -> str:
    return request.build_absolute_uri(reverse("skills:article_preview", args=[preview_token(revision)]))


def _make_context(request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
    return admin.site.each_context(request) | {
        "title": title,
        "subtitle": str(article),
        "opts": Article._meta,
        "original": article,
    }

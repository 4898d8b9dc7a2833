"""The admin of articles: each save adds a revision; readers see one once it is published or its time comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from earnverdict import formatting
from skills.admin import article_pages as pages
from skills.admin.article_form import PUBLISH, SCHEDULE, TEXTS, ArticleForm, PublisherForm
from skills.admin.article_status import moment
from skills.admin.change_log import ShowsHistory
from skills.admin.edition import ReadOnlyAdmin
from skills.admin.odd_input import read_key
from skills.admin.publishing import refresh_site
from skills.admin.versions import RefusesOldVersions
from skills.articles.article_status import settle, state_of
from skills.articles.checks import Finding
from skills.articles.workflow import (
    NotPossible,
    move_article,
    publish_revision,
    review_article,
    save_revision,
    schedule_revision,
)
from skills.models import Article, Revision

#: Overruled warnings that a log entry lists in full.
MAX_LOGGED_FINDINGS = 20


@admin.register(Article)
class ArticleAdmin(RefusesOldVersions, ShowsHistory):
    form = ArticleForm
    list_display = ["title", "slug", "state", "published_revision", "scheduled", "updated_at", "reviewed_on"]
    list_select_related = ["published_revision__article", "scheduled_revision"]
    search_fields = ["slug", "revisions__title", "revisions__text"]
    ordering = ["slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        texts = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        articles = super().get_queryset(request).select_related("published_revision", "scheduled_revision")
        return articles.annotate(newest_title=Subquery(texts.values("title")[:1]))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(pages.preview), name="skills_article_preview"),
            path("<int:pk>/withdraw/", view(pages.confirm(pages.WITHDRAW)), name="skills_article_withdraw"),
            path("<int:pk>/take-back/", view(pages.confirm(pages.TAKE_BACK)), name="skills_article_take_back"),
            path("<int:pk>/unschedule/", view(pages.confirm(pages.UNSCHEDULE)), name="skills_article_unschedule"),
            path("<int:pk>/revisions/", view(pages.revisions), name="skills_article_revisions"),
            path("<int:pk>/revisions/<int:number>/restore/", view(pages.restore), name="skills_article_restore"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fieldsets: list[Any] = [(None, {"fields": ["title", "slug", "standfirst", "author", "reviewed_on", "text"]})]
        if _may_publish(request):
            fieldsets.append(("Schedule", {"fields": ["scheduled_for"]}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Make fields with an immediate effect for readers read-only for those who may not publish."""
        is_for_readers = obj is not None and (obj.first_published_at or obj.scheduled_at)
        return ["slug", "reviewed_on"] if is_for_readers and not _may_publish(request) else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = PublisherForm if _may_publish(request) else ArticleForm
        return super().get_form(request, obj, change, **{"form": form, **options})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        pk = read_key(Article, object_id) if object_id else None
        context = pages.form_context(request, pk) if request.method != "POST" else {}
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        if "may_publish" not in context:  # the form is shown again with its errors
            article = context["original"]
            context |= pages.form_context(request, article.pk if article else None)
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save the changes, then do what the button says. The text is saved even if that is not possible."""
        form.done = []
        if not change:
            super().save_model(request, obj, form, change)
        revision = obj.revisions.first()
        if revision is None or form.texts() != {name: getattr(revision, name) for name in TEXTS}:
            revision = save_revision(obj, **form.texts(), saved_by=request.user.get_username())
            form.done.append(f"Saved revision {revision.number}.")
        try:
            form.done += _save_row(obj, form) if change else []
            if not (form.done and PUBLISH in form.data and revision.pk == obj.published_revision_id):
                form.done += _publish_or_schedule(request, revision, form)
        except NotPossible as error:
            self.message_user(request, str(error), messages.ERROR)
        if change and "slug" in form.changed_data and not _may_move(obj, form):
            said = "The address was not changed: readers have it. It moves when you press “Publish now”."
            self.message_user(request, said, messages.WARNING)
        if PUBLISH not in form.data and SCHEDULE not in form.data and "scheduled_for" in form.changed_data:
            self.message_user(
                request, "The time was not saved: to schedule the text, press “Schedule”.", messages.WARNING
            )
        obj.refresh_from_db()
        transaction.on_commit(refresh_site)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Log the sentences that the editor's message had."""
        said = " ".join(form.done)
        self.message_user(request, said or "Nothing was changed.", messages.SUCCESS if said else messages.INFO)
        return said

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing if the save changed nothing."""
        return super().log_change(request, obj, message) if message else None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return redirect("admin:skills_article_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return redirect("admin:skills_article_change", obj.pk)

    @admin.display(description="title", ordering="newest_title")
    def title(self, article: Any) -> str:
        return newest_title(article)

    @admin.display(description="state")
    def state(self, article: Article) -> str:
        settle(article, timezone.now())
        return state_of(article)

    @admin.display(description="to come")
    def scheduled(self, article: Article) -> str:
        settle(article, timezone.now())
        if article.scheduled_revision is None or article.scheduled_at is None:
            return ""
        return f"Revision {article.scheduled_revision.number} on {moment(article.scheduled_at)}"


def newest_title(article: Any) -> str:
    """Return the title of the newest text; the address's last part for an article without one."""
    return str(article.newest_title or article.slug)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["article", "number", "title", "saved_by", "saved_at"]
    search_fields = ["article__slug", "title", "text"]
    ordering = ["article__slug", "-number"]
    fields = ["article", "number", "title", "standfirst", "text", "author", "saved_by", "saved_at"]


def _save_row(article: Article, form: ArticleForm) -> list[str]:
    """Save a changed address or review date, and describe the changes in sentences."""
    done = []
    if "slug" in form.changed_data and _may_move(article, form):
        move_article(article, form.cleaned_data["slug"])
        done.append(f"Moved the article from /articles/{form.initial['slug']}/ to /articles/{article.slug}/.")
    if "reviewed_on" in form.changed_data:
        reviewed_on = form.cleaned_data["reviewed_on"]
        review_article(article, reviewed_on)
        done.append(f"Last reviewed on {formatting.day(reviewed_on)}." if reviewed_on else "Removed the review date.")
    return done


def _may_move(article: Article, form: ArticleForm) -> bool:
    """Return whether the address may change with this button: a draft never moves a live article."""
    return article.first_published_at is None or PUBLISH in form.data


def _publish_or_schedule(request: HttpRequest, revision: Revision, form: ArticleForm) -> list[str]:
    """Publish or schedule the text if requested, and describe it in sentences. Raises NotPossible."""
    time: datetime | None = form.cleaned_data.get("scheduled_for")
    if PUBLISH not in form.data and SCHEDULE not in form.data:
        return []
    if not _may_publish(request):
        raise NotPossible("You may write drafts, not publish them. The text was saved as a draft.")
    overruled = _describe_overruled(getattr(form, "overruled", ()))
    if PUBLISH in form.data or time is None:
        had = form.instance.scheduled_at
        row = publish_revision(revision)
        done = [f"Published revision {revision.number}: readers see it within seconds.", *overruled]
        if had and row.scheduled_at is None:
            done.append(f"What was scheduled for {moment(had)} is taken off the schedule.")
        return done
    schedule_revision(revision, at=time)
    return [f"Scheduled revision {revision.number} for {moment(time)}.", *overruled]


def _describe_overruled(findings: Sequence[Finding]) -> list[str]:
    """Describe for the log which warnings the editor overruled, up to `MAX_LOGGED_FINDINGS` in full."""
    if not findings:
        return []
    said = [
        f"{finding.field}{f', line {finding.line}' if finding.line else ''}: {finding.message}"
        for finding in findings[:MAX_LOGGED_FINDINGS]
    ]
    more = len(findings) - len(said)
    rest = f" And {more} more." if more else ""
    return [f"Overruled {len(findings)} {'warning' if len(findings) == 1 else 'warnings'}: {' '.join(said)}{rest}"]


def _may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm(pages.PUBLISH_PERMISSION)

"""Articles: each save of a text adds a revision, and readers see one when it is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from skills.admin.edition import ReadOnlyAdmin
from skills.admin.typed import ModelAdmin, ModelForm, TabularInline
from skills.articles.citations import unknown_citations
from skills.articles.publish import publish_revision, save_revision
from skills.articles.references import unknown_references
from skills.editions.current import current
from skills.editions.publish import bump_revision
from skills.models import Article, Revision

PUBLISH_PERMISSION = "skills.publish_article"
_TEXTS = ("title", "standfirst", "text", "author")


class ArticleForm(ModelForm[Article]):
    """The article's newest text, to be followed by another."""

    title = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"class": "vTextField"}))
    standfirst = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 100}),
        help_text="One or two sentences: what the reader will know.",
    )
    author = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"class": "vTextField"}), help_text="As readers see it."
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 34, "cols": 100, "spellcheck": "true"}),
        help_text="Markdown. A heading may end in {skill=slug}. Figures are named, as {{ kubernetes.premium }} or "
        "{{ kubernetes@pooled-2026.mid }}, and sources cited, as [@pooled-2026].",
    )
    is_to_be_published = forms.BooleanField(
        label="publish", required=False, help_text="Readers see this text within seconds of saving."
    )

    class Meta:
        model = Article
        fields = ["slug", "reviewed_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        newest = self.instance.revisions.first() if self.instance.pk else None
        for name in _TEXTS if newest else ():
            self.fields[name].initial = getattr(newest, name)

    def clean_text(self) -> str:
        """Line ends as they are kept, and every figure and source known to the newest edition."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip() + "\n"
        edition = current.edition().edition
        if unknown := [*unknown_references(text, edition), *unknown_citations(text, edition)]:
            raise ValidationError(f"Edition {edition.number} does not know: {', '.join(unknown)}.")
        return text

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in _TEXTS}


class RevisionInline(TabularInline[Revision, Article]):
    """Every text that was saved, newest first."""

    model = Revision
    fields = ["number", "title", "saved_by", "saved_at"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(ModelAdmin[Article]):
    form = ArticleForm
    list_display = ["slug", "published_revision", "first_published_at", "updated_at", "reviewed_on"]
    list_select_related = ["published_revision__article"]
    search_fields = ["slug", "revisions__title", "revisions__text"]
    ordering = ["slug"]
    inlines = [RevisionInline]

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fields = ["slug", "reviewed_on", *_TEXTS]
        return [*fields, "is_to_be_published"] if _may_publish(request) else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """The address of an article that was ever read stays as it is."""
        return ["slug"] if obj is not None and obj.first_published_at else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            revision = obj.revisions.first()
            if revision is None or form.texts() != {name: getattr(revision, name) for name in _TEXTS}:
                revision = save_revision(obj, **form.texts(), saved_by=request.user.get_username())
            if form.cleaned_data.get("is_to_be_published") and _may_publish(request):
                publish_revision(revision)
                self.message_user(request, f"{revision} is published.", messages.SUCCESS)
            elif "reviewed_on" in form.changed_data and obj.published_revision_id:
                bump_revision()


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["article", "number", "title", "saved_by", "saved_at"]
    search_fields = ["article__slug", "title", "text"]
    ordering = ["article__slug", "-number"]
    fields = ["article", "number", "title", "standfirst", "text", "author", "saved_by", "saved_at"]


def _may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm(PUBLISH_PERMISSION)

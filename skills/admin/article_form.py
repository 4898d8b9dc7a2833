"""The forms of an article's pages in the admin: its texts, the time to publish them, why it is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from skills.admin.opened_rows import VersionedForm
from skills.articles import limits
from skills.articles.article_status import settle
from skills.articles.checks import Finding, check_article
from skills.articles.published import PublishedArticle
from skills.articles.workflow import why_slug_is_taken
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.line_ends import normalize_line_ends
from skills.models import Article, Revision

TEXTS = ("title", "standfirst", "text", "author")
#: The names of the publish buttons, and their value if warnings are overruled.
PUBLISH, SCHEDULE = "_publish", "_schedule"
ANYWAY = "anyway"
#: The hidden field with the warnings that the editor saw.
SEEN_WARNINGS = "seen_warnings"


class ArticleForm(VersionedForm):
    """The form of an article's next draft. Any text is allowed in a draft."""

    title = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"class": "vTextField"}))
    standfirst = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="One or two sentences: what the reader will know.",
    )
    author = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"class": "vTextField"}), help_text="As readers see it."
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 30, "cols": 80, "spellcheck": "true"}),
        help_text="Markdown. A heading may end in {skill=slug}. Figures are named, as {{ kubernetes.premium }} or "
        f"{{{{ kubernetes@pooled-2026.mid }}}}, and sources cited, as [@pooled-2026]. {limits.ADVICE}",
    )

    class Meta:
        model = Article
        fields = ["slug", "reviewed_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        newest = self.instance.revisions.first() if self.instance.pk else None
        for name in TEXTS if newest else ():
            if name in self.fields:
                self.fields[name].initial = getattr(newest, name)

    def clean_slug(self) -> str:
        """Refuse a slug that another article has or had."""
        slug = str(self.cleaned_data["slug"])
        if why := why_slug_is_taken(slug, self.instance.pk or 0):
            raise forms.ValidationError(why)
        return slug

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS}


class PublisherForm(ArticleForm):
    """The same form for those who may publish, now or at a later time."""

    scheduled_for = forms.DateTimeField(
        label="Date and time, in UTC",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Readers see the text from then on if “Schedule” is pressed.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        settle(self.instance, timezone.now())
        self.fields["scheduled_for"].initial = self.instance.scheduled_at
        self.warnings: list[Finding] = []
        self.overruled: list[Finding] = []

    def clean_scheduled_for(self) -> datetime | None:
        time: datetime | None = self.cleaned_data["scheduled_for"]
        if SCHEDULE in self.data and time is None:
            raise forms.ValidationError("When should readers first see it?")
        if SCHEDULE in self.data and time and time <= timezone.now():
            raise forms.ValidationError("The time must be in the future. To publish at once, press “Publish now”.")
        return time

    def clean(self) -> dict[str, Any]:
        """When publishing, refuse errors, and warnings that the editor did not see and overrule."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        button = self.pressed_button
        if button and not set(TEXTS) & set(self.errors):
            try:
                findings = check_draft(
                    cleaned["title"], cleaned["standfirst"], cleaned["text"], slug=cleaned.get("slug", "")
                )
            except NothingPublished as error:
                raise forms.ValidationError(str(error)) from error
            self._judge(findings, is_anyway=self.data.get(button) == ANYWAY)
        return cleaned

    @property
    def is_held_by_warnings(self) -> bool:
        """Return whether warnings are the only reason why the text cannot be published."""
        return bool(self.warnings) and len(self.warnings) == sum(map(len, self.errors.values()))

    @property
    def pressed_button(self) -> str:
        """The name of the pressed publish button; empty if none was pressed."""
        return next((name for name in (PUBLISH, SCHEDULE) if name in self.data), "")

    @property
    def seen_warnings(self) -> str:
        return " ".join(finding.key for finding in self.warnings)

    def _judge(self, findings: Sequence[Finding], *, is_anyway: bool) -> None:
        """Add the findings that prevent publishing to their fields."""
        errors = [finding for finding in findings if finding.is_error]
        warnings = [finding for finding in findings if not finding.is_error]
        seen = str(self.data.get(SEEN_WARNINGS, "")).split()
        if is_anyway and not errors and all(finding.key in seen for finding in warnings):
            self.overruled = warnings
            return
        self.warnings = warnings
        for finding in findings:
            self.add_error(finding.field, _describe(finding))


def check_draft(title: str, standfirst: str, text: str, *, slug: str) -> tuple[Finding, ...]:
    """Check a text against the current edition and articles. It may link to itself. Raises NothingPublished."""
    site = site_state.site()
    return check_article(
        title=title,
        standfirst=standfirst,
        text=text,
        edition=site.newest.edition,
        articles={slug, *(article.slug for article in site.texts), *site.moved_articles},
    )


def _describe(finding: Finding) -> str:
    """Format a finding for its field."""
    places = ["Warning"] if not finding.is_error else []
    places += [f"line {finding.line}"] if finding.line else []
    start = ", ".join(places)
    said = f"{finding.message} {finding.suggestion}"
    return f"{start[0].upper()}{start[1:]}: {said}" if start else said


class PreviewForm(forms.Form):
    """The current content of the form, for the preview; any field may be empty."""

    slug = forms.CharField(required=False, max_length=80)
    reviewed_on = forms.DateField(required=False)
    title = forms.CharField(required=False, max_length=120, empty_value="(no title yet)")
    standfirst = forms.CharField(required=False, max_length=300)
    author = forms.CharField(required=False, max_length=150, empty_value="(no author yet)")
    text = forms.CharField(required=False, strip=False)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def excesses(self) -> list[str]:
        """Return what is too long or too complex to be previewed."""
        return [f"{self[name].label}: {message}" for name in TEXTS for message in self.errors.get(name, [])]

    def article(self) -> PublishedArticle:
        """Return the article as if it were published now."""
        now = timezone.now()
        typed = {name: self.cleaned_data.get(name, "") for name in ("slug", *TEXTS)}
        reviewed_on = self.cleaned_data.get("reviewed_on")
        return PublishedArticle(published_at=now, updated_at=now, reviewed_on=reviewed_on, **typed)


def clean_text(text: str) -> str:
    """Normalise line ends. Raises ValidationError for a text that is too long or too complex."""
    cleaned = normalize_line_ends(text).strip() + "\n"
    if excess := limits.find_excess(cleaned):
        raise forms.ValidationError(excess)
    return cleaned


class WithdrawForm(forms.Form):
    """The reason for a withdrawal."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="Readers who open the article’s address see this.",
    )


class RevisionField(forms.ModelChoiceField[Revision]):
    """One of an article's revisions, by its number."""

    def label_from_instance(self, obj: Revision) -> str:
        return f"Revision {obj.number}: {obj.title}"


class RevisionsForm(forms.Form):
    """Two revisions of an article to compare."""

    older = RevisionField(Revision.objects.none(), label="From", to_field_name="number", empty_label=None)
    newer = RevisionField(Revision.objects.none(), label="To", to_field_name="number", empty_label=None)

    def __init__(self, article: Article, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("older", "newer"):
            field = self.fields[name]
            if isinstance(field, RevisionField):
                field.queryset = Revision.objects.filter(article=article).order_by("-number")

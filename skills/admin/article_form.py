"""The forms of an article's pages in the admin: its texts, the time to publish them, why it is withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from skills.admin.typed import ModelForm
from skills.articles import limits
from skills.articles.gates import check_text
from skills.articles.publish import why_slug_is_taken
from skills.articles.published import PublishedArticle
from skills.articles.state import settle
from skills.editions.current import NothingPublished, current
from skills.models import Article, Revision

TEXTS = ("title", "standfirst", "text", "author")
#: Names of the buttons that let readers see what is saved.
PUBLISH, SCHEDULE = "_publish", "_schedule"


class ArticleForm(ModelForm[Article]):
    """The article's newest text, to be followed by another: any text can be a draft."""

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
        """An address that no other article has or had."""
        slug = str(self.cleaned_data["slug"])
        if why := why_slug_is_taken(slug, self.instance.pk or 0):
            raise forms.ValidationError(why)
        return slug

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS}


class PublisherForm(ArticleForm):
    """The same for who may let readers see it: now, or from a time on."""

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

    def clean_scheduled_for(self) -> datetime | None:
        time: datetime | None = self.cleaned_data["scheduled_for"]
        if SCHEDULE in self.data and time is None:
            raise forms.ValidationError("From when on are readers to see it?")
        if SCHEDULE in self.data and time and time <= timezone.now():
            raise forms.ValidationError("The time must lie in the future. To publish at once, press “Publish now”.")
        return time

    def clean(self) -> dict[str, Any]:
        """Where readers are to see the text, nothing that the gates refuse."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_for_readers = PUBLISH in self.data or SCHEDULE in self.data
        if is_for_readers and not set(TEXTS) & set(self.errors):
            checked = {name: cleaned[name] for name in ("title", "standfirst", "text")}
            try:
                problems = check_text(**checked, edition=current.edition().edition)
            except NothingPublished as error:
                raise forms.ValidationError(str(error)) from error
            for problem in problems:
                place = f"Line {problem.line}: " if problem.line else ""
                self.add_error(problem.field, f"{place}{problem.message}")
        return cleaned


class PreviewForm(forms.Form):
    """What is typed so far: anything may be missing."""

    slug = forms.CharField(required=False, max_length=80)
    reviewed_on = forms.DateField(required=False)
    title = forms.CharField(required=False, max_length=120, empty_value="(no title yet)")
    standfirst = forms.CharField(required=False, max_length=300)
    author = forms.CharField(required=False, max_length=150, empty_value="(no author yet)")
    text = forms.CharField(required=False, strip=False)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def excesses(self) -> list[str]:
        """What is too long or too intricate to be shown."""
        return [f"{self[name].label}: {message}" for name in TEXTS for message in self.errors.get(name, [])]

    def article(self) -> PublishedArticle:
        """The article were it published now."""
        now = timezone.now()
        typed = {name: self.cleaned_data.get(name, "") for name in ("slug", *TEXTS)}
        reviewed_on = self.cleaned_data.get("reviewed_on")
        return PublishedArticle(published_at=now, updated_at=now, reviewed_on=reviewed_on, **typed)


def clean_text(text: str) -> str:
    """The text with one character a line end, and one line end at the end. Raises ValidationError if it is too much."""
    cleaned = text.replace("\r\n", "\n").strip() + "\n"
    if excess := limits.find_excess(cleaned):
        raise forms.ValidationError(excess)
    return cleaned


class WithdrawForm(forms.Form):
    """Why readers cannot read the article any more."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="Who opens the article’s address reads this.",
    )


class RevisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker alone
    """One of an article's texts, known by its number."""

    def label_from_instance(self, obj: Revision) -> str:
        return f"Revision {obj.number}: {obj.title}"


class CompareForm(forms.Form):
    """Two texts of an article."""

    older = RevisionField(Revision.objects.none(), label="From", to_field_name="number", empty_label=None)
    newer = RevisionField(Revision.objects.none(), label="To", to_field_name="number", empty_label=None)

    def __init__(self, article: Article, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("older", "newer"):
            field = self.fields[name]
            if isinstance(field, RevisionField):
                field.queryset = Revision.objects.filter(article=article).order_by("-number")

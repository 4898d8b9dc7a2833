"""Articles, and every text that each of them ever had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from skills.models.edition import Final


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """Articles that readers see, or will see at the time they are scheduled for."""
        is_public = Q(published_revision__isnull=False) | Q(scheduled_revision__isnull=False)
        return self.filter(is_public, withdrawn_at=None).order_by("-first_published_at", "slug")

    def scheduled(self) -> ArticleQuerySet:
        """Articles that have a text to come, soonest first."""
        return self.filter(scheduled_revision__isnull=False, withdrawn_at=None).order_by("scheduled_at", "slug")


class Article(models.Model):
    """One address with a history of texts; readers see the published one, editors may be further ahead."""

    slug = models.SlugField(max_length=80, unique=True, help_text="The article's address: /articles/slug/.")
    published_revision = models.ForeignKey(
        "skills.Revision", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    scheduled_revision = models.ForeignKey(
        "skills.Revision", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    scheduled_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(blank=True, default="", editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the text that readers see was published."
    )
    reviewed_on = models.DateField(
        "last reviewed",
        null=True,
        blank=True,
        help_text="When an editor last checked the text against the figures. Readers see it.",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        permissions = [("publish_article", "Can publish an article")]
        constraints = [
            models.CheckConstraint(
                name="article_slug_given", condition=~Q(slug=""), violation_error_message="An article needs a slug."
            ),
            models.CheckConstraint(
                name="article_published_has_times",
                condition=Q(published_revision=None)
                | Q(
                    first_published_at__isnull=False,
                    updated_at__isnull=False,
                    updated_at__gte=models.F("first_published_at"),
                ),
                violation_error_message="A published article says since when.",
            ),
            models.CheckConstraint(
                name="article_schedule_complete",
                condition=Q(scheduled_revision=None, scheduled_at=None)
                | Q(scheduled_revision__isnull=False, scheduled_at__isnull=False),
                violation_error_message="What is scheduled needs a text and a time.",
            ),
            models.CheckConstraint(
                name="article_withdrawal_has_reason",
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message="A withdrawn article tells its readers why.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class FormerSlug(models.Model):
    """An address that an article had once; it leads to the present one."""

    slug = models.SlugField(max_length=80, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="former_slug_given", condition=~Q(slug=""), violation_error_message="An address needs a slug."
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Revision(Final):
    """A saved text of an article. It never changes; a newer one follows it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=300, help_text="One or two sentences: what the reader will know.")
    text = models.TextField(help_text="Markdown. A heading may end in {skill=slug}: the figures of that skill follow.")
    author = models.CharField(max_length=150, help_text="Who wrote it, as readers see it.")
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.CheckConstraint(name="revision_number_above_zero", condition=Q(number__gt=0)),
            models.CheckConstraint(name="revision_title_given", condition=~Q(title="")),
            models.CheckConstraint(name="revision_text_given", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.article}"

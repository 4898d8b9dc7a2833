"""Other ways to more pay than a skill: what holds for each everywhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from skills.models.editors_note import editors_note_field
from skills.models.skill import PART_OF_NEXT_EDITION, Skill


class WayQuerySet(models.QuerySet["Way"]):
    def published(self) -> WayQuerySet:
        """Ways of the next edition."""
        return self.filter(is_published=True)


class Way(models.Model):
    """A way to more pay, such as changing employer: what holds for it everywhere."""

    class Unit(models.TextChoices):
        PAY = "pay", "of pay, beyond what staying brings"
        OFFER = "offer", "of the first offer"
        GAP = "gap", "of the gap in pay between two places"
        HOUR = "hour", "no figure: the visitor’s own hours and rate"
        BASELINE = "baseline", "no figure: staying, which the experience curve gives"

    class Lasting(models.TextChoices):
        PERMANENT = "permanent", "it stays"
        WHILE_HELD = "while_held", "as long as you hold it"
        WHILE_THERE = "while_there", "as long as you are there"
        WHILE_WORKED = "while_worked", "as long as you work for it"
        BASELINE = "baseline", "it is what the others are compared with"

    class OnVerdict(models.TextChoices):
        NO = "no", "no: on the page of all ways alone"
        YES = "yes", "yes"
        STEP = "step", "yes, as a step up: of these, the last one for the visitor’s years of work"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = (
        "slug",
        "name",
        "summary",
        "unit",
        "lasts",
        "overlap",
        "overlaps_skill",
        "not_compared_with",
        "on_verdict",
    )

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Its address: switch-employer is /ways/switch-employer/. It never changes once published.",
    )
    name = models.CharField(max_length=60, help_text="As readers see it: what one does, as “Change employer”.")
    summary = models.CharField(max_length=200, help_text="What it is, in a sentence. Readers see it.")
    unit = models.CharField(
        "its figures are shares",
        max_length=10,
        choices=Unit,
        help_text="Readers never see ways of different units compared.",
    )
    lasts = models.CharField("how long it lasts", max_length=15, choices=Lasting, help_text="Readers see it.")
    overlap = models.CharField(
        "adds to a skill",
        max_length=200,
        help_text="Whether its money can be added to a skill’s: yes, no or partly, and why. Readers see it.",
    )
    overlaps_skill = models.ForeignKey(
        Skill,
        verbose_name="is the same as the skill",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ways",
        help_text="Where this skill is recommended first, the way is not shown: they are the same money.",
    )
    not_compared_with = models.CharField(
        "must not be compared with",
        max_length=300,
        blank=True,
        help_text="Which figures look alike and are not, and why. Readers see it.",
    )
    on_verdict = models.CharField(
        "shown on a verdict",
        max_length=5,
        choices=OnVerdict,
        default=OnVerdict.NO,
        db_default=OnVerdict.NO,
        help_text="Few fit: show what most developers think of. The page of all ways has the others, too. "
        "Of two steps up, the later one is that which begins with more years of work.",
    )
    editors_note = editors_note_field()
    is_published = models.BooleanField("published", default=True, help_text=PART_OF_NEXT_EDITION)

    objects = WayQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="way_slug_given", condition=~Q(slug=""), violation_error_message="A way needs a slug."
            ),
            models.CheckConstraint(
                name="way_unit_known",
                condition=Q(unit__in=["pay", "offer", "gap", "hour", "baseline"]),
                violation_error_message="Choose what its figures are shares of.",
            ),
            models.CheckConstraint(
                name="way_lasting_known",
                condition=Q(lasts__in=["permanent", "while_held", "while_there", "while_worked", "baseline"]),
                violation_error_message="Choose how long it lasts.",
            ),
            models.CheckConstraint(
                name="way_on_verdict_known",
                condition=Q(on_verdict__in=["no", "yes", "step"]),
                violation_error_message="Choose whether verdicts show it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""A publication that figures come from."""

from django.db import models

from earnverdict.links import ADVICE, validate_link
from skills.models.editors_note import editors_note_field


class Source(models.Model):
    """Where a figure can be looked up, and on what terms it may be used."""

    class Kind(models.TextChoices):
        CONTROLLED = "controlled", "Controlled: other things held constant"
        EMPLOYER = "employer", "Employers' own figures"
        ADVERT_GAP = "advert_gap", "Gap between job adverts"
        HEADLINE = "headline", "Headline"
        RECORDS = "records", "Surveys and records of pay, nothing held constant"
        PAY_SURVEY = "pay_survey", "Pay by place"
        EXCHANGE_RATE = "exchange_rate", "Exchange rates"
        PLACES = "places", "Names, people and prices of places"

    #: The columns that editions hold: readers see these, and no others.
    PUBLISHED_FIELDS = ("slug", "title", "publisher", "url", "published", "licence", "kind", "note")

    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Its short name in CSV files and articles, as [@pooled-2026]. It never changes once published.",
    )
    title = models.CharField(max_length=200, help_text="Of the publication. Readers see it.")
    publisher = models.CharField(max_length=120, help_text="Who published it. Readers see it.")
    url = models.URLField(
        "link",
        max_length=300,
        blank=True,
        validators=[validate_link],
        help_text="Begins with https://. Empty only for EarnVerdict's own analysis.",
    )
    published = models.CharField(max_length=20, help_text="Year, or date as 2026-04-21.")
    licence = models.CharField(max_length=120, help_text="On what terms its figures may be shown. Readers see it.")
    kind = models.CharField(max_length=20, choices=Kind, help_text="Readers find the source under it.")
    note = models.TextField(blank=True, help_text="Method, sample and caveats, as a reader should know them.")
    editors_note = editors_note_field()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="source_kind_known",
                condition=models.Q(
                    kind__in=[
                        "controlled",
                        "employer",
                        "advert_gap",
                        "headline",
                        "records",
                        "pay_survey",
                        "exchange_rate",
                        "places",
                    ]
                ),
                violation_error_message="Choose one of the kinds of source.",
            ),
            models.CheckConstraint(
                name="source_slug_given", condition=~models.Q(slug=""), violation_error_message="A source needs a slug."
            ),
            models.CheckConstraint(
                name="source_link_https",
                condition=models.Q(url="") | models.Q(url__startswith="https://"),
                violation_error_message=ADVICE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

"""Evidence as text, for the pages of both apps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from calculator.engine import (
    About,
    Contribution,
    Edition,
    Evidence,
    EvidenceChoice,
    Source,
    find_evidence,
    select_counting,
)
from earnverdict import formatting
from skills.catalogue.review import describe_due_reviews, review_due_on
from skills.editions.document import EvidenceKey, PublishedEdition
from skills.models import Evidence as EvidenceRow
from skills.models.region import Region
from skills.places.names import add_article
from skills.presenters.grades import GRADE_WORDS
from skills.presenters.report_link import Report, report_evidence, report_skill
from skills.study.limits import STRICT_TEST
from skills.study.records import SOURCE, read_study

#: Pages that must not change from one day to the next mark nothing.
_NOTHING_DUE: Mapping[EvidenceKey, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceText:
    """One piece of evidence; `weight` is its share of the pooled premium, empty where it does not count.

    `about` says what the people it measures have in common, `due` that a review is due (empty if it is not). Of a
    figure of the pooled study `rows` is the address of what it was pooled from, `limit` what a strict test leaves.
    """

    premium: str
    middle: str
    grade: str
    region: str
    about: str
    population: str
    year: str
    due: str
    sample: str
    weight: str
    note: str
    limit: str
    source: Source
    rows: str
    report: Report | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFigures:
    """What is known of one skill: the figures that count, the prior's weight, and the figures that do not count.

    Headline claims do not count among what is measured, and neither do figures about a job title.
    """

    slug: str
    name: str
    counted: tuple[EvidenceText, ...]
    prior_premium: str
    prior_weight: str
    not_counted: tuple[EvidenceText, ...]
    report: Report | None


def find_due_reviews(published: PublishedEdition, slug: str, today: date) -> Mapping[EvidenceKey, str]:
    """The figures of one skill that are past the day of their review, and since when, in words."""
    keys = {_make_key(item): item.year for item in published.edition.evidence.get(slug, ())}
    days = ((key, review_due_on(year, published.reviews.get(key))) for key, year in keys.items())
    return describe_due_reviews(days, today)


def verdict_figures(published: PublishedEdition, slug: str, choice: EvidenceChoice, region: str) -> SkillFigures:
    """The figures of one skill as verdicts in `region` use them: the same for every visitor, and due on no day."""
    edition = published.edition
    return skill_figures(edition, slug, find_evidence(edition, slug, choice, region).contributions, region)


def skill_figures(
    edition: Edition,
    slug: str,
    parts: Sequence[Contribution],
    region: str,
    due: Mapping[EvidenceKey, str] = _NOTHING_DUE,
) -> SkillFigures:
    """The figures of one skill as a pool used them (`parts`), and what else is said of it in `region`."""
    counted = {part.evidence for part in parts}
    others = [
        item
        for item in select_counting(edition.evidence.get(slug, ()), EvidenceChoice.ALL, region)
        if item not in counted
    ]
    not_counted = [item for item in others if not EvidenceChoice.MEASURED.counts(item)]
    prior, constants = 1 - sum(part.share for part in parts), edition.constants
    return SkillFigures(
        slug=slug,
        name=edition.skills[slug].name,
        counted=tuple(
            present_evidence(edition, part.evidence, due, formatting.whole_percent(part.share)) for part in parts
        ),
        prior_premium=formatting.signed_percent_range(constants.prior_low, constants.prior_high),
        prior_weight=formatting.whole_percent(prior) if parts and prior > 1e-9 else "",
        not_counted=tuple(present_evidence(edition, item, due) for item in not_counted),
        report=report_skill(edition, slug),
    )


def present_evidence(
    edition: Edition, item: Evidence, due: Mapping[EvidenceKey, str], weight: str = ""
) -> EvidenceText:
    premium, middle = formatting.signed_percent_range(item.low, item.high), formatting.signed_percent(item.mid)
    region = _describe_region(item, is_counted=bool(weight) or EvidenceChoice.MEASURED.counts(item))
    return EvidenceText(
        premium=premium,
        middle=middle,
        grade=f"{item.grade.value}, {GRADE_WORDS[item.grade]}",
        region=region,
        about=_describe_about(item),
        population=item.population,
        year=str(item.year),
        due=due.get(_make_key(item), ""),
        sample=formatting.group(item.sample_size) if item.sample_size else "not published",
        weight=weight,
        note=item.note,
        limit=STRICT_TEST.get(item.skill, "") if item.source == SOURCE else "",
        rows=find_study_address(item.skill) if item.source == SOURCE else "",
        source=edition.sources[item.source],
        report=report_evidence(edition, item, f"{premium}, middle {middle}", region or "everywhere"),
    )


def _describe_region(item: Evidence, *, is_counted: bool) -> str:
    """Where the figure counts; "" for a claim without a region that counts nowhere."""
    if item.region:
        return f"{'counts in' if is_counted else 'about'} {add_article(Region(item.region).label)} only"
    return "counts everywhere" if is_counted else ""


def find_study_address(skill: str = "") -> str:
    """Return the address of the pooled study, or of its rows about a skill."""
    anchor = f"#{skill}" if read_study().select_skill(skill) else ""
    return f"{reverse('skills:study')}{anchor}"


def _describe_about(item: Evidence) -> str:
    """A job title is not a skill, and readers should know it where one stands among the figures."""
    label = f"about {EvidenceRow.About(item.about.value).label}"
    return f"{label}, which is not a skill" if item.about is About.TITLE else label


def _make_key(item: Evidence) -> EvidenceKey:
    return item.skill, item.source, item.region

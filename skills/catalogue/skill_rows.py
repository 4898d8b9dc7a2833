"""An edition's skills as rows of the table: figures to sort by, and their text and bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from calculator.engine import Grade, Range, Skill, cache_per_edition
from earnverdict import formatting
from earnverdict.chart_scale import Axis, Bar, Scale
from skills.catalogue.premiums import SkillPremium, skill_premium
from skills.editions.document import PublishedEdition
from skills.models.region import Region
from skills.models.skill import Skill as SkillModel
from skills.presenters.grades import MEASURED_AT_WORK, describe_grades

#: Claims are drawn up to here and run off the scale: they would leave no room for what is measured.
_MAX_DRAWN_CLAIM = 0.35
#: The head of an arrow, as a share of the scale.
_ARROW_HEAD = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """What the template prints of one skill, empty where unknown; all rows' bars share one axis.

    A claim that ends beyond the axis is drawn as the path `claim_arrow` instead of a bar.
    """

    slug: str
    name: str
    category: str
    summary: str
    expected: str
    span: str
    claim: str
    hours: str
    evidence: str
    advice: str
    regions: str
    measured_bar: Bar | None
    claim_bar: Bar | None
    claim_arrow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A skill, the figures to sort by, and its words. Unknown figures are None."""

    skill: Skill
    premium: Range | None
    claim: tuple[float, float] | None
    grade_shares: Mapping[str, float]
    regions: Mapping[Region, Range]
    words: RowText

    @property
    def evidence_strength(self) -> tuple[float, ...] | None:
        """The share of strong evidence in the measured premium; of equals, that of good evidence, and so on."""
        return tuple(self.grade_shares.get(grade, 0.0) for grade in Grade) if self.grade_shares else None

    @property
    def regional_spread(self) -> float | None:
        """The difference between the regions' highest and lowest expected premium."""
        expected = [premium.expected for premium in self.regions.values()]
        return max(expected) - min(expected) if expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All skills of an edition by slug, and the axis of their bars."""

    rows: tuple[Row, ...]
    axis: Axis


@cache_per_edition
def skill_rows(published: PublishedEdition) -> Rows:
    """Return the rows of all skills on one scale."""
    found = [skill_premium(published.edition, slug) for slug in sorted(published.edition.skills)]
    scale = Scale.around(_all_shares(found))
    return Rows(rows=tuple(_make_row(each, scale) for each in found), axis=scale.share_axis())


def _all_shares(found: Iterable[SkillPremium]) -> Sequence[float]:
    """Return the ends of all ranges that are drawn; claims begin on the scale, and may end beyond it."""
    shares: list[float] = []
    for each in found:
        shares += [each.measured.low, each.measured.high] if each.measured else []
        shares += [each.claim[0], min(each.claim[1], max(each.claim[0], _MAX_DRAWN_CLAIM))] if each.claim else []
    return shares


def _make_row(found: SkillPremium, scale: Scale) -> Row:
    skill, premium, claim = found.skill, found.measured, found.claim
    words = RowText(
        slug=skill.slug,
        name=skill.name,
        category=str(SkillModel.Category(skill.category).label),
        summary=skill.summary,
        expected=formatting.signed_percent(premium.expected) if premium else "",
        span=formatting.signed_percent_range(premium.low, premium.high) if premium else "",
        claim=formatting.signed_percent_range(*claim) if claim else "",
        hours=f"{formatting.group(skill.hours_low)}–{formatting.group(skill.hours_high)} hours",
        evidence=describe_grades(found.grade_shares),
        advice=MEASURED_AT_WORK if found.rests_on_duties else "",
        regions=_describe_regions(found.regions),
        measured_bar=scale.bar(premium.low, premium.high, premium.expected) if premium else None,
        claim_bar=scale.bar(*claim) if claim and claim[1] <= scale.high else None,
        claim_arrow=_draw_arrow(scale, claim[0]) if claim and claim[1] > scale.high else "",
    )
    return Row(
        skill=skill,
        premium=premium,
        claim=claim,
        grade_shares=found.grade_shares,
        regions=found.regions,
        words=words,
    )


def _draw_arrow(scale: Scale, low: float) -> str:
    """Draw a range that goes on beyond the scale: from its low end to a tip at the scale's."""
    neck = scale.high - (scale.high - scale.low) * _ARROW_HEAD
    start, end = scale.at(low), scale.at(scale.high)
    return f"M{start} 0H{scale.at(neck)}L{end} .5L{scale.at(neck)} 1H{start}Z"


def _describe_regions(regions: Mapping[Region, Range]) -> str:
    """Name the regions with the lowest and the highest expected premium; the first of equals."""
    if not regions:
        return ""
    least = min(regions, key=lambda region: regions[region].expected)
    most = max(regions, key=lambda region: regions[region].expected)
    low, high = (f"{formatting.signed_percent(regions[region].expected)} {region.label}" for region in (least, most))
    return low if least == most else f"{low} to {high}"

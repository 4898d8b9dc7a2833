"""Validation before a publication: each rule stops a catalogue that breaks it, and names the table and row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from skills.editions.document import Document
from skills.editions.publish import PublishRefused, earlier_documents, publish_edition, withdraw_edition
from skills.editions.snapshot import Draft, read_draft
from skills.editions.validation import History, PublishError, used_slugs, validate
from skills.models import Edition, ExchangeRate, Location, SiteRevision, Skill
from tests.skills.factories import LOADED_REVISION, make_evidence, make_skill

#: Rows are checked in Python once they are read.
pytestmark = pytest.mark.any_database

NOTHING_USED: History = {table: frozenset() for table in ("skills", "places", "ways")}

type Spoil = Callable[[Document], Any]


@pytest.fixture
def draft(db: None) -> Draft:
    """The real catalogue, as it was published."""
    return Draft(
        document=next(earlier_documents()),
        retired_skills=frozenset(),
        retired_places=frozenset(),
        retired_ways=frozenset(),
    )


def test_real_catalogue_passes(db: None) -> None:
    draft = read_draft()

    assert validate(draft, NOTHING_USED) == []
    assert validate(draft, used_slugs(earlier_documents())) == []


def row_of(document: Document, table: str, **key: str) -> dict[str, Any]:
    """The row of a document's table that has these values."""
    return next(row for row in document[table] if all(row[name] == value for name, value in key.items()))


def spoil(table: str, key: dict[str, str], **changes: Any) -> Spoil:
    """Something that gives one row of a table other values."""
    return lambda document: row_of(document, table, **key).update(changes)


def remove(table: str, **key: str) -> Spoil:
    """Something that takes one row out of a table."""
    return lambda document: document[table].remove(row_of(document, table, **key))


def spoil_all(*spoils: Spoil) -> Spoil:
    return lambda document: [each(document) for each in spoils]


FIGURE = {"skill": "kafka", "source": "pooled-2026", "region": ""}
SWITCH = {"way": "switch-employer", "region": "us"}
FIGURE_ROW = "kafka · pooled-2026 · worldwide"
PYTHON, KAFKA, DOCKER, KUBERNETES = ({"slug": slug} for slug in ("python", "kafka", "docker", "kubernetes"))
US, TEXAS, AUSTIN = ({"slug": slug} for slug in ("us", "us-tx", "us-austin-tx"))

PREMIUM = "the premium must rise from low to middle to high."
HOURS = "study hours must rise from low to middle to high."
PAY = "pay must be above zero and rise from P10 to P90."

SPOILED = [
    pytest.param(
        spoil("evidence", FIGURE, low_percent=-100.0), [("evidence", FIGURE_ROW, PREMIUM)], id="premium-of-everything"
    ),
    pytest.param(
        spoil("evidence", FIGURE, low_percent=5.0, mid_percent=5.0, high_percent=6.0),
        [("evidence", FIGURE_ROW, PREMIUM)],
        id="premium-low-is-middle",
    ),
    pytest.param(
        spoil("evidence", FIGURE, low_percent=5.0, mid_percent=7.0, high_percent=6.0),
        [("evidence", FIGURE_ROW, PREMIUM)],
        id="premium-falls",
    ),
    pytest.param(
        spoil("evidence", FIGURE, source="rumour"),
        [("evidence", "kafka · rumour · worldwide", "it has no source.")],
        id="evidence-without-source",
    ),
    pytest.param(
        spoil("evidence", FIGURE, grade=""),
        [("evidence", FIGURE_ROW, "it has no grade from A to D.")],
        id="evidence-without-grade",
    ),
    pytest.param(
        lambda document: document.update(
            way_ranges=[row for row in document["way_ranges"] if row["way"] != "side-work"],
            way_evidence=[row for row in document["way_evidence"] if row["way"] != "side-work"],
        ),
        [
            ("ways", "side-work", "it is published without any range."),
            ("ways", "side-work", "it is published without any evidence."),
        ],
        id="way-without-anything",
    ),
    pytest.param(
        spoil("way_ranges", SWITCH, low_percent=None, high_percent=None),
        [("ranges of ways", "switch-employer · us", "it needs a low, a middle and a high.")],
        id="range-of-pay-without-ends",
    ),
    pytest.param(
        spoil("way_ranges", {"way": "move-market"}, mid_percent=None),
        [("ranges of ways", "move-market · worldwide", "it needs a middle, the share of the gap.")],
        id="gap-without-share",
    ),
    pytest.param(
        spoil("way_ranges", {"way": "side-work"}, mid_percent=5.0),
        [("ranges of ways", "side-work · worldwide", "it has a percentage, but its way is not in percent.")],
        id="side-work-in-percent",
    ),
    pytest.param(
        spoil("way_ranges", SWITCH, sources=[], odds_basis=""),
        [
            ("ranges of ways", "switch-employer · us", "it has no source."),
            ("ranges of ways", "switch-employer · us", "its odds have no basis."),
        ],
        id="range-without-source",
    ),
    pytest.param(
        spoil("way_ranges", SWITCH, sources=["so-2021"]),
        [
            (
                "ranges of ways",
                "switch-employer · us",
                "it was read from so-2021, of which this way has no evidence.",
            )
        ],
        id="range-of-a-source-without-evidence",
    ),
    pytest.param(
        spoil("way_ranges", {"way": "negotiate-offer"}, grade="B"),
        [
            (
                "ranges of ways",
                "negotiate-offer · worldwide",
                "its grade B is better than the best of its evidence, D.",
            )
        ],
        id="range-better-than-its-evidence",
    ),
    pytest.param(
        spoil("way_evidence", {"source": "oncall-2019"}, note=""),
        [
            (
                "evidence of ways",
                "sre-duties · oncall-2019 · worldwide · Mostly UK",
                "it has neither a figure nor a note.",
            )
        ],
        id="way-evidence-of-nothing",
    ),
    pytest.param(spoil("skills", KAFKA, hours_low=0), [("skills", "kafka", HOURS)], id="no-hours"),
    pytest.param(
        spoil("skills", KAFKA, hours_low=9, hours_mid=9, hours_high=10), [("skills", "kafka", HOURS)], id="hours-equal"
    ),
    pytest.param(
        spoil("skills", KAFKA, hours_low=8, hours_mid=9, hours_high=7), [("skills", "kafka", HOURS)], id="hours-fall"
    ),
    pytest.param(
        lambda document: document.update(evidence=[row for row in document["evidence"] if row["skill"] != "kafka"]),
        [("skills", "kafka", "it is published without any evidence.")],
        id="skill-without-evidence",
    ),
    pytest.param(
        lambda document: document.update(skills=[]),
        [
            ("skills", "all", "there is nothing to publish."),
            ("ways", "promotion-architect", "it is the same as system-design, which is not published."),
            ("ways", "sre-duties", "it is the same as site-reliability, which is not published."),
        ],
        id="no-skills",
    ),
    pytest.param(
        remove("skills", slug="docker"),
        [("skills", "kubernetes", "it requires docker, which is not published.")],
        id="prerequisite-not-published",
    ),
    pytest.param(
        spoil("skills", PYTHON, requires=["python"]),
        [("skills", "python", "its prerequisites lead back to itself.")],
        id="prerequisite-of-itself",
    ),
    pytest.param(
        spoil_all(spoil("skills", DOCKER, requires=["kafka"]), spoil("skills", KAFKA, requires=["kubernetes"])),
        [("skills", slug, "its prerequisites lead back to itself.") for slug in ("docker", "kafka", "kubernetes")],
        id="prerequisites-in-a-circle",
    ),
    pytest.param(spoil("places", AUSTIN, p10=0), [("locations", "us-austin-tx", PAY)], id="pay-of-nothing"),
    pytest.param(
        spoil("places", AUSTIN, p25=None, p10=70_000, p50=70_000), [("locations", "us-austin-tx", PAY)], id="pay-equal"
    ),
    pytest.param(spoil("places", AUSTIN, p90=1), [("locations", "us-austin-tx", PAY)], id="pay-falls"),
    pytest.param(
        spoil("places", AUSTIN, p50=None),
        [("locations", "us-austin-tx", "it has pay but no median.")],
        id="pay-without-median",
    ),
    pytest.param(
        spoil("places", AUSTIN, source=""),
        [("locations", "us-austin-tx", "its pay has no source.")],
        id="pay-without-source",
    ),
    pytest.param(
        spoil("places", AUSTIN, price_level=0.0),
        [("locations", "us-austin-tx", "its price level must be above zero.")],
        id="prices-of-nothing",
    ),
    pytest.param(
        spoil("places", AUSTIN, price_source=""),
        [("locations", "us-austin-tx", "its price level has no source.")],
        id="prices-without-source",
    ),
    pytest.param(
        spoil("places", AUSTIN, price_level=None),
        [("locations", "us-austin-tx", "it has a source of prices but no price level.")],
        id="source-without-prices",
    ),
    pytest.param(
        spoil("places", AUSTIN, parent=""),
        [("locations", "us-austin-tx", "it is not a country and has no parent.")],
        id="metro-without-parent",
    ),
    pytest.param(
        spoil("places", AUSTIN, parent="atlantis"),
        [("locations", "us-austin-tx", "its parent atlantis is not published.")],
        id="parent-not-published",
    ),
    pytest.param(
        spoil("places", AUSTIN, currency="EUR"),
        [("locations", "us-austin-tx", "its currency is EUR, but that of its parent is USD.")],
        id="currency-of-parent",
    ),
    pytest.param(
        spoil_all(spoil("places", TEXAS, parent="us-austin-tx"), spoil("places", AUSTIN, parent="us-tx")),
        [
            ("locations", "us-austin-tx", "its parents lead back to itself."),
            ("locations", "us-tx", "its parents lead back to itself."),
        ],
        id="parents-in-a-circle",
    ),
    pytest.param(
        remove("rates", currency="PLN"),
        [("exchange rates", "PLN", "exam costs cannot be turned into it: it has no rate.")],
        id="currency-without-rate",
    ),
    pytest.param(
        lambda document: document.update(
            rates=[row for row in document["rates"] if row["currency"] not in ("CHF", "PLN")]
        ),
        [
            ("exchange rates", currency, "exam costs cannot be turned into it: it has no rate.")
            for currency in ("CHF", "PLN")
        ],
        id="currencies-without-rate",
    ),
]


@pytest.mark.parametrize(("spoil_document", "refusals"), SPOILED)
def test_a_spoiled_catalogue_is_refused(
    draft: Draft, spoil_document: Spoil, refusals: list[tuple[str, str, str]]
) -> None:
    spoil_document(draft.document)

    found = validate(draft, NOTHING_USED)

    assert found == [PublishError(table=table, row=row, reason=reason) for table, row, reason in refusals]


def test_rates_are_not_missed_where_no_exam_costs_anything(draft: Draft) -> None:
    draft.document["rates"] = []
    for skill in draft.document["skills"]:
        skill["exam_cost_usd"] = 0.0

    assert validate(draft, NOTHING_USED) == []


def test_rate_of_a_place_without_pay_of_its_own_is_not_missed(draft: Draft) -> None:
    document = draft.document
    paid_in = {place["currency"] for place in document["places"] if place["p50"] is not None}
    document["rates"] = [rate for rate in document["rates"] if rate["currency"] in paid_in]

    assert {place["currency"] for place in document["places"]} > paid_in
    assert validate(draft, NOTHING_USED) == []


GONE = "it was published and is gone: slugs never change. Restore the row, or restore it unpublished."


@pytest.mark.parametrize(
    ("table", "name", "slug"),
    [
        pytest.param("skills", "skills", "kafka", id="skill"),
        pytest.param("places", "locations", "pl", id="place"),
        pytest.param("ways", "ways", "stay", id="way"),
    ],
)
def test_a_slug_that_was_published_stays_or_is_retired_and_may_return(
    draft: Draft, table: str, name: str, slug: str
) -> None:
    with_it = draft
    without_it = replace(
        draft, document=draft.document | {table: [r for r in draft.document[table] if r["slug"] != slug]}
    )
    slugs = frozenset({slug})
    retired = replace(without_it, retired_skills=slugs, retired_places=slugs, retired_ways=slugs)
    now, before = with_it.document, without_it.document

    def refusals(checked: Draft, *earlier: Document) -> list[PublishError]:
        return [each for each in validate(checked, used_slugs(earlier)) if each.row == slug]

    assert refusals(with_it, now) == []
    assert refusals(with_it, before) == []
    assert refusals(without_it, now) == [PublishError(table=name, row=slug, reason=GONE)]
    assert refusals(without_it, now, before) == [PublishError(table=name, row=slug, reason=GONE)]
    assert refusals(retired, now) == []
    assert refusals(retired, now, before) == []
    assert refusals(with_it, now, before) == []
    assert refusals(with_it, before, now) == []


def test_used_slugs_are_those_of_every_edition() -> None:
    first, second = ({"skills": [{"slug": slug}], "places": [], "ways": [{"slug": slug}]} for slug in ("old", "new"))

    used = used_slugs(iter([first, second]))

    assert used == {"skills": {"old", "new"}, "places": set(), "ways": {"old", "new"}}


# Through the tables


def rename_a_skill() -> None:
    Skill.objects.filter(slug="kafka").update(slug="apache-kafka")


def delete_a_skill() -> None:
    Skill.objects.get(slug="kafka").delete()


def rename_a_place() -> None:
    Location.objects.filter(slug="us-austin-tx").update(slug="austin")


def delete_a_place() -> None:
    Location.objects.get(slug="us-austin-tx").delete()


def add_a_skill_without_evidence() -> None:
    make_skill()


def unpublish_a_prerequisite() -> None:
    Skill.objects.filter(slug="docker").update(is_published=False)


def unpublish_a_parent() -> None:
    Location.objects.filter(slug="pl").update(is_published=False)


def delete_a_rate() -> None:
    ExchangeRate.objects.get(currency="PLN").delete()


def require_in_a_circle() -> None:
    Skill.objects.get(slug="docker").prerequisites.add(Skill.objects.get(slug="kubernetes"))


@pytest.mark.parametrize(
    ("spoil_tables", "refusal"),
    [
        pytest.param(rename_a_skill, f"skills · kafka: {GONE}", id="skill-renamed"),
        pytest.param(delete_a_skill, f"skills · kafka: {GONE}", id="skill-deleted"),
        pytest.param(rename_a_place, f"locations · us-austin-tx: {GONE}", id="place-renamed"),
        pytest.param(delete_a_place, f"locations · us-austin-tx: {GONE}", id="place-deleted"),
        pytest.param(
            add_a_skill_without_evidence,
            "skills · made-skill: it is published without any evidence.",
            id="skill-without-evidence",
        ),
        pytest.param(
            unpublish_a_prerequisite,
            "skills · kubernetes: it requires docker, which is not published.",
            id="prerequisite-unpublished",
        ),
        pytest.param(
            unpublish_a_parent, "locations · pl-krakow: its parent pl is not published.", id="parent-unpublished"
        ),
        pytest.param(
            delete_a_rate,
            "exchange rates · PLN: exam costs cannot be turned into it: it has no rate.",
            id="rate-deleted",
        ),
        pytest.param(
            require_in_a_circle,
            "skills · docker: its prerequisites lead back to itself.",
            id="prerequisites-in-a-circle",
        ),
    ],
)
def test_a_refused_publication_names_the_row_and_publishes_nothing(
    db: None, spoil_tables: Callable[[], None], refusal: str
) -> None:
    spoil_tables()

    with pytest.raises(PublishRefused) as refused:
        publish_edition(note="Spoiled.", publisher="an editor")

    assert refusal in str(refused.value).splitlines()
    assert Edition.objects.count() == 1
    assert SiteRevision.objects.get().number == LOADED_REVISION


def test_a_skill_is_added_retired_and_returns(db: None) -> None:
    skill = make_skill()
    make_evidence(skill=skill)
    publish_edition(note="A new skill.", publisher="an editor")
    skill.is_published = False
    skill.save()
    publish_edition(note="It is gone.", publisher="an editor")
    skill.is_published = True
    skill.save()

    publish_edition(note="It is back.", publisher="an editor")

    *_, newest = earlier_documents()
    assert "made-skill" in {row["slug"] for row in newest["skills"]}


def test_withdrawn_edition_does_not_keep_its_slugs(db: None) -> None:
    skill = make_skill()
    make_evidence(skill=skill)
    publish_edition(note="A mistake.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")
    skill.delete()

    assert publish_edition(note="Without it.", publisher="an editor").number == 3

"""The sample that shows what an edition changes: fixed, wide, and reported correctly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import product
from typing import Any

import pytest
from django.test import Client

from calculator.engine import assess, pool_all
from calculator.engine.edition import Edition
from calculator.engine.profile import Profile
from skills.editions.document import PublishedEdition
from skills.editions.impact import (
    NOTABLE_MOVE,
    PAY_LEVELS,
    PLACES,
    SKILL_SETS,
    Impact,
    UpliftMove,
    compute_impact,
    plan_of,
)
from skills.editions.site import Site
from skills.presenters.impact import present_impact

ALL = len(PLACES) * len(PAY_LEVELS) * len(SKILL_SETS)


@pytest.fixture(scope="module")
def edition(real_published_site: Site) -> Edition:
    return real_published_site.newest.edition


@pytest.fixture(scope="module")
def newer(edition: Edition) -> Edition:
    """The next edition, had Kubernetes' best figure been another."""
    changed = tuple(
        replace(row, low=0.08, mid=0.12, high=0.18) if row.source == "pooled-2026" else row
        for row in edition.evidence["kubernetes"]
    )
    evidence = {**edition.evidence, "kubernetes": changed}
    return replace(edition, number=2, evidence=evidence, pools=pool_all(evidence, edition.constants))


@pytest.fixture(scope="module")
def found(edition: Edition, newer: Edition) -> Impact:
    return compute_impact(edition, newer)


def test_sample_is_wide_and_known_to_the_first_edition(edition: Edition) -> None:
    places = [edition.places[slug] for slug in PLACES]
    chosen = [slugs for slugs in SKILL_SETS.values() if slugs is not None]

    assert ALL >= 200
    assert len(set(PLACES)) >= 10
    assert len({place.currency for place in places}) == 10
    assert {place.region for place in places} == {place.region for place in edition.places.values()}
    assert all(place.quantiles for place in places)
    assert {slug for slugs in chosen for slug in slugs} == edition.skills.keys()
    assert all(list(slugs) == sorted(set(slugs)) for slugs in chosen)
    assert len(chosen) == len(SKILL_SETS) - 1, "all skills together are a choice too"


def test_the_same_figures_move_nothing(edition: Edition) -> None:
    unmoved = compute_impact(edition, replace(edition, number=2))

    assert unmoved == Impact(assessed=ALL, moved=(), missing_places=(), missing_skills=())


def test_a_new_figure_moves_what_assessing_one_by_one_finds(edition: Edition, newer: Edition, found: Impact) -> None:
    expected = {
        (place, level, name): _differences(
            *(assess(Profile(pay=level, location=place, skills=slugs), either) for either in (edition, newer))
        )
        for place, level, (name, slugs) in product(PLACES, PAY_LEVELS, SKILL_SETS.items())
    }
    expected = {key: differences for key, differences in expected.items() if any(differences)}
    assert {
        (moved.before.profile.location, moved.before.profile.pay, moved.skill_set): (
            moved.is_other_first,
            moved.is_other_rating,
            moved.is_other_size,
            moved.is_other_plan,
            moved.uplift is not None,
        )
        for moved in found.moved
    } == expected
    assert 0 < len(expected) < ALL
    assert {moved.uplift.skill for moved in found.moved if moved.uplift} == {"kubernetes"}


def test_the_same_editions_give_the_same_answer(edition: Edition, newer: Edition, found: Impact) -> None:
    assert compute_impact(edition, newer) == found


@pytest.mark.parametrize("is_newer", [True, False], ids=["gone", "new"])
def test_what_one_edition_lacks_is_skipped_and_named(edition: Edition, is_newer: bool) -> None:
    part = replace(
        edition,
        places={slug: place for slug, place in edition.places.items() if slug != "jp"},
        skills={slug: skill for slug, skill in edition.skills.items() if slug != "rust"},
    )

    found = compute_impact(edition, part) if is_newer else compute_impact(part, edition)

    assert found.missing_places == ("jp",)
    assert found.missing_skills == ("rust",)
    assert found.assessed == ALL - len(PAY_LEVELS) * len(SKILL_SETS)
    assert all("rust" not in (moved.before.profile.skills or ()) for moved in found.moved)
    assert all(moved.uplift is None or moved.uplift.skill != "rust" for moved in found.moved)


def test_a_choice_without_any_known_skill_is_skipped(edition: Edition) -> None:
    name = next(iter(SKILL_SETS))
    part = replace(
        edition,
        skills={slug: skill for slug, skill in edition.skills.items() if slug not in (SKILL_SETS[name] or ())},
    )

    found = compute_impact(edition, part)

    assert found.assessed == ALL - len(PLACES) * len(PAY_LEVELS)


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        pytest.param(100.0, 110.0, NOTABLE_MOVE, id="just-not-notable"),
        pytest.param(100.0, 80.0, 0.2, id="down"),
        pytest.param(-100.0, -150.0, 0.5, id="further-below-nothing"),
        pytest.param(0.0, 1.0, math.inf, id="from-nothing"),
        pytest.param(0.0, 0.0, 0.0, id="still-nothing"),
        pytest.param(None, 1.0, math.inf, id="now-known"),
        pytest.param(1.0, None, math.inf, id="no-longer-known"),
        pytest.param(None, None, 0.0, id="never-known"),
    ],
)
def test_size_of_a_move_is_a_share_of_what_was(old: float | None, new: float | None, size: float) -> None:
    assert UpliftMove(skill="go", old=old, new=new).size == pytest.approx(size)


# As text


def test_every_moved_verdict_is_reported_once_and_counted_for_all_that_differs(
    edition: Edition, newer: Edition, found: Impact
) -> None:
    words = present_impact(found, edition, newer)

    assert words.summary == f"{len(found.moved)} of {ALL}\u00a0verdicts in the sample change."
    assert sum(int(group.count) for group in words.groups) == len(found.moved)
    assert [len(group.rows) for group in words.groups] == [int(group.count) for group in words.groups]
    assert [count.number for count in words.counts] == [
        str(sum(differences))
        for differences in zip(
            *(
                (
                    moved.is_other_first,
                    moved.is_other_rating,
                    moved.is_other_size,
                    moved.is_other_plan,
                    moved.uplift is not None,
                )
                for moved in found.moved
            ),
            strict=True,
        )
    ]
    addresses = [row.address for group in words.groups for row in group.rows]
    assert len(set(addresses)) == len(addresses)
    assert [group.is_open for group in words.groups] == [len(group.rows) <= 12 for group in words.groups]


def test_a_moved_verdict_says_what_was_and_what_comes(edition: Edition, newer: Edition, found: Impact) -> None:
    words = present_impact(found, edition, newer)

    row = next(
        row for row in _rows(words) if (row.place, row.level, row.skills) == ("India", "median", "The usual four")
    )
    values = {value.label: (value.old, value.new) for value in row.values}
    assert values["First skill"] == ("Cloud architecture (AWS/GCP)", "Kubernetes")
    assert values["Rating"] == ("Close call", "Slight lead")
    assert values["Expected uplift a year"][0].startswith("Kubernetes: +\u2060₹")
    assert values["Expected uplift a year"][1].endswith("%)")


def test_the_address_of_a_moved_verdict_is_canonical_and_of_the_old_edition(
    client: Client, published: PublishedEdition, newer: Edition, found: Impact
) -> None:
    rows = list(_rows(present_impact(found, published.edition, newer)))

    for skill_set in ("The usual four", "All skills"):
        address = next(row.address for row in rows if row.skills == skill_set)
        response = client.get(address)

        assert response.status_code == 200
        assert "&edition=1&" in address
        assert f'<meta property="og:url" content="http://testserver{escape(address)}">' in response.content.decode()


def test_nothing_moved_is_said(edition: Edition) -> None:
    unmoved = Impact(assessed=ALL, moved=(), missing_places=(), missing_skills=())

    words = present_impact(unmoved, edition, edition)

    assert words.summary == f"None of {ALL}\u00a0verdicts in the sample would change."
    assert words.groups == ()


def _differences(before: Any, after: Any) -> tuple[bool, ...]:
    return (
        before.first != after.first,
        before.rating != after.rating,
        before.is_small != after.is_small,
        plan_of(before) != plan_of(after),
        any(
            abs(after.outlook(slug).gain.uplift.expected / before.outlook(slug).gain.uplift.expected - 1) > NOTABLE_MOVE
            for slug in before.considered
            if before.outlook(slug).gain
        ),
    )


def _rows(words: Any) -> Iterator[Any]:
    return (row for group in words.groups for row in group.rows)

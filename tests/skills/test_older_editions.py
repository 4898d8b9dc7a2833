"""Older editions in memory: parsed once, bounded by bytes, one place search for all that share its names."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from skills.editions.publish import publish_edition
from skills.editions.site_state import SiteState, site_state
from skills.models import Location, LocationAlias

type Queries = Callable[[int], Any]


def make_process(folder: Path) -> SiteState:
    """A process that has loaded the newest edition."""
    process = SiteState(folder, watch_seconds=0)
    process.site()
    return process


def test_as_many_editions_stay_as_fit_into_the_bytes(
    small_site: None, tmp_path: Path, django_assert_num_queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (2, 3, 4):
        publish_edition(note=f"Number {number}.", publisher="an editor")
    size = site_state.site().newest.json_bytes
    monkeypatch.setattr(settings, "MAX_OLDER_EDITIONS_BYTES", 7 * size)  # two, at three bytes for each of the JSON
    process = make_process(tmp_path)

    with django_assert_num_queries(0):
        first, second = process.edition(1), process.edition(2)
        assert process.edition(1) is first
        third = process.edition(3)

        assert [edition.number for edition in (first, second, third)] == [1, 2, 3]
        assert process.edition(1) is first
        assert process.edition(2) is not second


def test_an_edition_that_is_larger_than_the_bytes_stays_until_the_next(
    small_site: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_edition(note="Number 2.", publisher="an editor")
    monkeypatch.setattr(settings, "MAX_OLDER_EDITIONS_BYTES", 1)
    process = make_process(tmp_path)

    assert process.edition(1) is process.edition(1)


def test_many_threads_that_ask_for_one_edition_get_one_value(published_site: Any, real_folder: Path) -> None:
    process = SiteState(real_folder / "state" / "site", watch_seconds=0)
    process._site = published_site
    store, checksum = process._store, published_site.newest.checksum
    sealed = store.read_edition(1, checksum)
    assert sealed is not None

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: process._older.parse(sealed, 1, published_site.newest), range(8)))

    assert {id(edition) for edition in found} == {id(process._older.find(1, checksum))}


def test_editions_with_other_pay_share_the_search_and_keep_their_figures(small_site: None, tmp_path: Path) -> None:
    Location.objects.update(p50=31)
    publish_edition(note="More pay.", publisher="an editor")
    process = make_process(tmp_path)

    older, newest = process.edition(1), process.edition()

    assert older.places.names_id == newest.places.names_id
    pay = [edition.places.find("made country").places[0].quantiles[0.5] for edition in (older, newest)]
    assert pay == [30, 31]
    assert older.places.label("made-country") == "Made country"


@pytest.mark.parametrize("field", ["name", "alias", "population"])
def test_editions_with_other_names_have_a_search_of_their_own(small_site: None, tmp_path: Path, field: str) -> None:
    if field == "alias":
        LocationAlias.objects.update(alias="Another name")
    else:
        Location.objects.update(**{field: 7})
    publish_edition(note="Other names.", publisher="an editor")
    process = make_process(tmp_path)

    older = process.edition(1)

    assert older.places.names_id != process.edition().places.names_id
    assert [place.slug for place in older.places.find("a made name").places] == ["made-country"]


def test_a_search_that_several_editions_share_counts_once(
    small_site: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (2, 3, 4):
        publish_edition(note=f"Number {number}.", publisher="an editor")
    Location.objects.update(name="Another name")
    publish_edition(note="Other names.", publisher="an editor")
    size = site_state.site().newest.json_bytes
    monkeypatch.setattr(settings, "MAX_OLDER_EDITIONS_BYTES", 19 * size)  # 4 × 3 for the figures, 6 for the search
    process = make_process(tmp_path)

    editions = [process.edition(number) for number in (1, 2, 3, 4)]

    assert [process.edition(number) for number in (1, 2, 3, 4)] == editions
    assert all(process.edition(edition.number) is edition for edition in editions)
    assert len({edition.places.names_id for edition in editions}) == 1

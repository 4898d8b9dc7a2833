"""The search for a place: what people type finds what they mean, or says that several are meant."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.engine.edition import Place
from skills.editions.document import PublishedEdition
from skills.places import MOST_OFFERED, Found, PlaceIndex, normalise
from tests.engine.factories import make_place

# Hypothesis and a fixture of one test go together here: the places are never changed.
HYPOTHESIS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def places(published: PublishedEdition) -> PlaceIndex:
    return published.places


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("  Austin,   TX ", "austin tx", id="spaces-and-punctuation"),
        pytest.param("ZÜRICH", "zurich", id="case-and-accent"),
        pytest.param("Łódź", "lodz", id="stroke"),
        pytest.param("Tromsø", "tromso", id="slashed-o"),
        pytest.param("Ǿrland", "orland", id="slashed-o-with-accent"),
        pytest.param("Düsseldorfer Straße", "dusseldorfer strasse", id="sharp-s"),
        pytest.param("Œuvre Æbler Ðorđe Þór", "oeuvre aebler dorde thor", id="ligatures"),
        pytest.param("Diyarbakır İSTANBUL", "diyarbakir istanbul", id="turkish-i"),
        pytest.param("e\u0301", "e", id="combining-accent"),
        pytest.param("𝐀ustin Ｔｏｋｙｏ", "austin tokyo", id="letters-in-disguise"),
        pytest.param("St. John’s", "st john s", id="apostrophe"),
        pytest.param("北京", "北京", id="chinese"),
        pytest.param("München\u00a0\tOst", "munchen ost", id="odd-spaces"),
        pytest.param("🎯 \0 \u200b", "", id="nothing-to-compare"),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(text: str, name: str) -> None:
    assert normalise(text) == name


@given(text=st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    name = normalise(text)

    assert normalise(name) == name
    assert normalise(text.upper()) == normalise(text.upper().lower()) or not text.isascii()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("us-austin-tx", "us-austin-tx", id="slug"),
        pytest.param(" us-austin-tx ", "us-austin-tx", id="slug-with-spaces"),
        pytest.param("austin", "us-austin-tx", id="first-part-of-a-metro"),
        pytest.param("Austin, TX", "us-austin-tx", id="city-and-state"),
        pytest.param("round rock", "us-austin-tx", id="second-part-of-a-metro"),
        pytest.param("Lodz", "pl-lodz", id="without-accents"),
        pytest.param("ŁÓDŹ", "pl-lodz", id="with-accents"),
        pytest.param("Krakow, Poland", "pl-krakow", id="city-and-country"),
        pytest.param("zurich", "ch-zurich", id="umlaut"),
        pytest.param("Deutschland", "de", id="other-name"),
        pytest.param("united states", "us", id="country"),
        pytest.param("Singapore", "sg", id="country-with-a-city-of-its-name"),
        pytest.param("Guinea", "gn", id="country-whose-name-begins-another"),
        pytest.param("Quebec, Canada", "ca-qc", id="region-with-a-city-of-its-name"),
        pytest.param("texas", "us-tx", id="region"),
        pytest.param("New York City", "us-new-york-ny", id="alias"),
        pytest.param("san franc", "us-san-francisco-ca", id="beginning"),
    ],
)
def test_one_clear_match_is_found(places: PlaceIndex, typed: str, slug: str) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_clear) == ([slug], True)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("Georgia", ["ge", "us-ga"], id="country-and-state"),
        pytest.param("New York", ["us-new-york-ny", "us-ny"], id="city-and-state"),
        pytest.param("London", ["gb-london", "ca-london-on"], id="cities"),
    ],
)
def test_several_matches_are_offered_likeliest_first(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert not found.is_clear
    assert _slugs(found)[: len(slugs)] == slugs


@pytest.mark.parametrize("typed", ["", "   ", "atlantis", "zzzz", ",", "\0", "🎯", "'; DROP TABLE", "-", "x" * 100_000])
def test_what_is_no_place_finds_nothing(places: PlaceIndex, typed: str) -> None:
    assert places.find(typed) == Found(places=(), is_clear=False)
    assert places.suggest(typed) == ()


def test_whole_names_are_suggested_before_beginnings(places: PlaceIndex) -> None:
    suggested = [place.slug for place in places.suggest("georgia")]

    assert suggested[:2] == ["ge", "us-ga"]


@pytest.mark.parametrize("typed", ["a", "s", "new", "san"])
def test_suggestions_are_few_and_different(places: PlaceIndex, typed: str) -> None:
    suggested = places.suggest(typed)

    assert len(suggested) == MOST_OFFERED
    assert len(set(suggested_slugs := [place.slug for place in suggested])) == len(suggested_slugs)


def test_labels_differ_and_each_is_a_clear_match(places: PlaceIndex, published: PublishedEdition) -> None:
    labels = {slug: places.label(slug) for slug in published.edition.places}

    assert [label for label, count in Counter(labels.values()).items() if count > 1] == []
    assert [slug for slug, label in labels.items() if not _means(places.find(label), slug)] == []


def test_each_slug_is_a_clear_match(places: PlaceIndex, published: PublishedEdition) -> None:
    assert [slug for slug in published.edition.places if not _means(places.find(slug), slug)] == []


def test_each_other_name_finds_its_place(places: PlaceIndex, published: PublishedEdition) -> None:
    labels = {normalise(places.label(slug)) for slug in published.edition.places}
    named = [
        (alias, slug)
        for slug, aliases in published.aliases.items()
        for alias in aliases
        if normalise(alias) and normalise(alias) not in labels
    ]

    lost = [(alias, slug) for alias, slug in named if slug not in _slugs(places.find(alias))]

    assert named
    assert lost == []


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        pytest.param("us", "United States", id="country"),
        pytest.param("ge", "Georgia (country)", id="country-of-whose-name-there-is-a-state"),
        pytest.param("us-ga", "Georgia, United States", id="state-of-whose-name-there-is-a-country"),
        pytest.param("us-tx", "Texas, United States", id="region"),
        pytest.param(
            "us-austin-tx", "Austin-Round Rock-San Marcos, TX, United States", id="metro-named-with-its-state"
        ),
        pytest.param("pl-krakow", "Kraków, Poland", id="metro"),
    ],
)
def test_label_says_where_a_place_lies(places: PlaceIndex, slug: str, label: str) -> None:
    assert places.label(slug) == label


@HYPOTHESIS
@given(typed=st.text() | st.text("aeilnorst ,-'\0é🎯", max_size=12))
def test_no_text_is_too_strange(places: PlaceIndex, typed: str) -> None:
    found, suggested = places.find(typed), places.suggest(typed)

    assert len(found.places) <= MOST_OFFERED
    assert len(suggested) <= MOST_OFFERED
    assert not found.is_clear or len(found.places) == 1


@HYPOTHESIS
@given(typed=st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=4))
def test_everything_found_by_its_beginning_begins_so(
    places: PlaceIndex, published: PublishedEdition, typed: str
) -> None:
    name = normalise(typed)

    for place in places.suggest(typed):
        names = [places.label(place.slug), place.name, *place.name.split("-"), *published.aliases[place.slug]]
        assert name
        assert any(normalise(part).startswith(name) for part in names)


def test_countries_come_first_then_the_more_populous() -> None:
    country = make_place("springfield-country", name="Springfield")
    small = _metro("springfield-il", population=100)
    large = _metro("springfield-mo", population=200)
    unknown = _metro("springfield-xx", population=None)
    index = PlaceIndex({place.slug: place for place in (unknown, small, country, large)}, {})

    assert [place.slug for place in index.suggest("springfield")] == [
        "springfield-country",
        "springfield-mo",
        "springfield-il",
        "springfield-xx",
    ]


def test_places_that_cannot_be_told_apart_are_labelled_with_their_slug() -> None:
    country = make_place("springfield-country", name="Country")
    places = [country, _metro("springfield-il", population=1), _metro("springfield-mo", population=2)]
    index = PlaceIndex({place.slug: place for place in places}, {})

    labels = [index.label(place.slug) for place in places]

    assert labels == ["Country", "Springfield, Country", "Springfield, Country (springfield-mo)"]
    assert [_slugs(index.find(label)) for label in labels] == [[place.slug] for place in places]


def test_a_whole_name_beats_a_beginning() -> None:
    index = PlaceIndex({slug: make_place(slug, name=slug.title()) for slug in ("york", "yorkshire")}, {})

    assert index.find("york") == Found(places=(make_place("york", name="York"),), is_clear=True)
    assert [place.slug for place in index.suggest("york")] == ["york", "yorkshire"]


def _metro(slug: str, population: int | None) -> Place:
    return make_place(slug, name="Springfield", kind="metro", parent="springfield-country", population=population)


def _slugs(found: Found) -> list[str]:
    return [place.slug for place in found.places]


def _means(found: Found, slug: str) -> bool:
    return found.is_clear and _slugs(found) == [slug]

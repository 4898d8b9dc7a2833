"""The search for a place: what people type finds what they mean, or says that several are meant."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from cProfile import Profile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculator.engine.edition import Place
from skills.editions.document import PublishedEdition
from skills.places.catalogue_names import find_states
from skills.places.meaning import Found
from skills.places.names import name_in_text, normalise
from skills.places.search import MAX_SUGGESTIONS, PlaceIndex
from tests.engine.factories import make_place

# Hypothesis and a fixture of one test go together here: the places are never changed.
HYPOTHESIS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
#: What is typed, and the place that must be offered first, by what makes it difficult.
FIRST = {
    "nickname": [
        ("sf", "us-san-francisco-ca"),
        ("nyc", "us-new-york-ny"),
        ("LA", "us-los-angeles-ca"),
        ("philly", "us-philadelphia-pa"),
        ("silicon valley", "us-san-jose-ca"),
        ("dfw", "us-dallas-tx"),
        ("D.C.", "us-washington-dc"),
        ("blr", "in-bengaluru"),
        ("bombay", "in-mumbai"),
        ("ldn", "gb-london"),
        ("kl", "my-kuala-lumpur"),
        ("cdmx", "mx-mexico-city"),
        ("uk", "gb"),
        ("U.S.A.", "us"),
        ("holland", "nl"),
    ],
    "accent": [
        ("münchen", "de-munich"),
        ("munchen", "de-munich"),
        ("muenchen", "de-munich"),
        ("Zurich", "ch-zurich"),
        ("são paulo", "br-sao-paulo"),
        ("sao paulo", "br-sao-paulo"),
        ("Łódź", "pl-lodz"),
        ("goteborg", "se-goteborg"),
        ("bogotá", "co-bogota"),
        ("montréal", "ca-montreal"),
    ],
    "native spelling": [
        ("wien", "at-vienna"),
        ("praha", "cz-prague"),
        ("warszawa", "pl-warsaw"),
        ("warsz", "pl-warsaw"),
        ("roma", "it-roma"),
        ("Deutschland", "de"),
        ("Москва", "ru-moscow"),
        ("東京", "jp-tokyo"),
        ("서울", "kr-seoul"),
    ],
    "beginning": [
        ("aust", "au"),
        ("austi", "us-austin-tx"),
        ("beng", "in-bengaluru"),
        ("san fran", "us-san-francisco-ca"),
        ("tor", "ca-toronto"),
        ("cal", "us-ca"),
        ("in", "in"),
        ("banga", "in-bengaluru"),
        ("springf", "us-springfield-mo"),
        ("ruhr", "de"),
        ("日", "jp"),
        ("buenos", "ar-buenos-aires"),
        ("par", "fr-paris"),
    ],
    "later word": [
        ("francisco", "us-san-francisco-ca"),
        ("paulo", "br-sao-paulo"),
        ("aires", "ar-buenos-aires"),
        ("round rock", "us-austin-tx"),
        ("orleans", "us-new-orleans-la"),
    ],
    "several words": [
        ("austin tx", "us-austin-tx"),
        ("austin, texas, usa", "us-austin-tx"),
        ("texas austin", "us-austin-tx"),
        ("portland or", "us-portland-or"),
        ("portland, me", "us-portland-me"),
        ("vancouver wa", "us-portland-or"),
        ("vancouver bc", "ca-vancouver"),
        ("london ont", "ca-london-on"),
        ("london uk", "gb-london"),
        ("newark nj", "us-new-york-ny"),
        ("paris france", "fr-paris"),
        ("paris texas", "us-tx"),
        ("germany berlin", "de-berlin"),
    ],
    "state code": [("tx", "us-tx"), ("nj", "us-nj"), ("bc", "ca-bc"), ("or", "us-or")],
    "size": [
        ("georgia", "ge"),
        ("new york", "us-new-york-ny"),
        ("london", "gb-london"),
        ("berlin", "de-berlin"),
        ("india", "in"),
        ("mexico", "mx"),
        ("birmingham", "gb-birmingham"),
        ("portland", "us-portland-or"),
        ("rome", "it-roma"),
        ("naples", "it-napoli"),
        ("st petersburg", "ru-saint-petersburg"),
        ("quebec", "ca-qc"),
    ],
    "one error": [
        ("berln", "de-berlin"),
        ("brelin", "de-berlin"),
        ("amsterdm", "nl-amsterdam"),
        ("seatle", "us-seattle-wa"),
        ("tornoto", "ca-toronto"),
        ("san frnc", "us-san-francisco-ca"),
        ("chcago", "us-chicago-il"),
        ("newyork", "us-new-york-ny"),
        ("grmany", "de"),
        ("brelin germany", "de-berlin"),
        ("berlin germny", "de-berlin"),
        ("london ontaro", "ca-london-on"),
    ],
    "punctuation": [
        ("  AUSTIN!! ", "us-austin-tx"),
        ("“toronto”", "ca-toronto"),
        ("(Dublin) / Ireland", "ie-dublin"),
        ("st. louis, mo", "us-st-louis-mo"),
        ("us-austin-tx", "us-austin-tx"),
        ("b'lore", "in-bengaluru"),
    ],
}
#: What people type, by kind, with the places that may be taken for it, of which one must be offered if none is taken;
#: all of them where several are typed.
TYPED = Path(__file__).with_name("typed_places.csv")


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
        pytest.param("london", "gb-london", id="city-of-more-than-ten-times-the-size"),
        pytest.param("London ont", "ca-london-on", id="shortened-region"),
        pytest.param("Porto", "pt-porto", id="name-that-is-another-ones-in-another-language"),
        pytest.param("bangalore ind", "in-bengaluru", id="other-spelling-and-shortened-country"),
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
        pytest.param("Birmingham", ["gb-birmingham", "us-birmingham-al"], id="cities"),
        pytest.param("Cambridge", ["gb-cambridge", "ca-kitchener"], id="city-and-town-of-another-area"),
        pytest.param("Portland", ["us-portland-or", "us-portland-me"], id="cities-of-one-country"),
    ],
)
def test_several_matches_are_offered_likeliest_first(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (found.is_clear, found.is_guess) == (False, False)
    assert _slugs(found)[: len(slugs)] == slugs


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("Hampshire", ["Hampshire, United Kingdom", "Hampshire, Illinois, United States"]),
        ("Suffolk", ["Suffolk, United Kingdom", "Suffolk, Virginia, United States"]),
        ("Cornwall", ["Cornwall, United Kingdom", "Cornwall, Ontario, Canada"]),
        ("Surrey", ["Surrey, British Columbia, Canada", "Surrey, United Kingdom"]),
        ("Louth", ["Louth, Ireland", "Louth, England, United Kingdom"]),
        ("Kent", ["Kent, Washington, United States", "Kent, United Kingdom", "Kent, Ohio, United States"]),
        ("Somerset", ["Somerset West, Western Cape, South Africa", "Somerset, United Kingdom"]),
    ],
)
def test_region_of_unknown_size_is_offered_before_small_towns_abroad(
    places: PlaceIndex, typed: str, labels: list[str]
) -> None:
    found = places.find(typed)

    assert ([each.label for each in found.meanings][: len(labels)], found.is_clear) == (labels, False)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Cook County", id="of-chicago"),
        pytest.param("Harris County", id="of-houston"),
        pytest.param("Wake County", id="of-raleigh"),
        pytest.param("Marion County, IN", id="of-indianapolis"),
        pytest.param("Remote, mobile", id="kind-of-work"),
        pytest.param("mobile (full time)", id="kind-of-work-first"),
    ],
)
def test_county_or_kind_of_work_is_not_taken_for_the_town_of_its_name(places: PlaceIndex, typed: str) -> None:
    found = places.find(typed)

    assert (found.is_clear, found.is_guess) == (False, True)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("Dallas County", "us-dallas-tx", id="around-the-city"),
        pytest.param("Durham County, NC", "us-durham-nc", id="with-its-state"),
        pytest.param("Orange County, CA", "us-los-angeles-ca", id="around-a-town"),
        pytest.param("Dublin, County Dublin, Ireland", "ie-dublin", id="irish"),
        pytest.param("Mobile, AL (remote)", "us-mobile-al", id="with-its-state-and-work"),
        pytest.param("Mobile area", "us-mobile-al", id="without-work"),
    ],
)
def test_city_is_taken_by_its_county(places: PlaceIndex, typed: str, slug: str) -> None:
    assert _means(places.find(typed), slug)


@pytest.mark.parametrize("typed", ["Leicester", "Derby", "Swansea", "Java", "Guadalajara", "Kerry"])
def test_region_of_unknown_size_does_not_hide_a_city_that_is_meant(places: PlaceIndex, typed: str) -> None:
    assert places.find(typed).is_clear


@pytest.mark.parametrize(
    ("typed", "slug"),
    [pytest.param(typed, slug, id=f"{why}: {typed.strip()}") for why, cases in FIRST.items() for typed, slug in cases],
)
def test_what_is_meant_is_suggested_first(places: PlaceIndex, typed: str, slug: str) -> None:
    assert places.suggest(typed)[0].place.slug == slug


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("seatle", "us-seattle-wa", id="one-error"),
        pytest.param("cincinatti", "us-cincinnati-oh", id="two-errors-in-a-long-name"),
        pytest.param("berlin germny", "de-berlin", id="one-error-in-the-country"),
        pytest.param("berl", "de-berlin", id="beginning"),
        pytest.param("san franc", "us-san-francisco-ca", id="beginning-of-a-later-word"),
        pytest.param("warsz", "pl-warsaw", id="beginning-in-another-language"),
        pytest.param("eug", "us-eugene-or", id="beginning-that-may-be-an-abbreviation"),
        pytest.param("Berlin Mitteck, Germany", "de-berlin", id="word-that-is-not-accounted-for"),
        pytest.param("Lima, LI, Peru", "pe-lima", id="code-that-is-not-accounted-for"),
        pytest.param("Padstow, New South Wales, Australia", "au", id="unknown-town-in-a-known-region"),
    ],
)
def test_what_is_only_near_is_offered_and_never_taken(places: PlaceIndex, typed: str, slug: str) -> None:
    found = places.find(typed)

    assert (found.is_clear, found.is_guess) == (False, True)
    assert slug in _slugs(found)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("tx", "us-tx", id="code"),
        pytest.param("kl", "my-kuala-lumpur", id="other name"),
        pytest.param("de", "de", id="slug"),
    ],
)
def test_short_name_is_taken(places: PlaceIndex, typed: str, slug: str) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_clear) == ([slug], True)


@pytest.mark.parametrize(
    "typed",
    [
        "EU",
        "Europe",
        "EMEA",
        "Western Europe",
        "Remote",
        "anywhere",
        "Remote, EU",
        "work from home",
        "Worldwide",
        "the European Union",
    ],
)
def test_area_of_many_labour_markets_is_no_place(places: PlaceIndex, typed: str) -> None:
    assert places.find(typed) == Found(is_wide=True)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "zzzz", ",", "\0", "🎯", "-", "us " * 50, "xqj"),
        pytest.param("x" * 100_000, id="long"),
    ],
)
def test_what_is_no_place_finds_nothing(places: PlaceIndex, typed: str) -> None:
    assert places.find(typed) == Found()
    assert places.suggest(typed) == ()


def _read_typed() -> dict[str, list[tuple[str, list[str], bool]]]:
    kinds: dict[str, list[tuple[str, list[str], bool]]] = {}
    with TYPED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            slugs = [slug for slug in row["answers"].split("|") if slug]
            kinds.setdefault(row["kind"], []).append((row["typed"], slugs, bool(row["is_taken"])))
    return kinds


@pytest.mark.parametrize("kind", sorted(_read_typed()))
def test_what_people_type_is_understood(places: PlaceIndex, published: PublishedEdition, kind: str) -> None:
    known = published.edition.places
    wrong = []
    for typed, slugs, is_taken in _read_typed()[kind]:
        found = places.find(typed)
        lies_in = [slug for place in found.places for slug in slugs if slug in _within(place.slug, known)]
        needed = len(slugs) if kind == "several places" else min(1, len(slugs))
        if found.is_clear != is_taken or len(set(lies_in)) < needed or (is_taken and not slugs):
            wrong.append((typed, slugs, _slugs(found), found.is_clear))

    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "slug", "town", "label"),
    [
        pytest.param(
            "boulder creek",
            "us-santa-cruz-ca",
            "Boulder Creek",
            "Boulder Creek, California, United States",
            id="town-of-a-metro-area",
        ),
        pytest.param(
            "Bothell, WA", "us-seattle-wa", "Bothell", "Bothell, Washington, United States", id="with-its-state"
        ),
        pytest.param("Boeblingen", "de-stuttgart", "Böblingen", "Böblingen, Baden-Württemberg, Germany", id="abroad"),
        pytest.param("Bavaria", "de", "Bavaria", "Bavaria, Germany", id="region"),
        pytest.param("Paris TX", "us-tx", "Paris", "Paris, Texas, United States", id="town-of-no-metro-area"),
        pytest.param(
            "Austin, TX 78701", "us-austin-tx", "", "Austin-Round Rock-San Marcos, TX, United States", id="code"
        ),
        pytest.param("10115 Berlin", "de-berlin", "", "Berlin, Germany", id="postal-code-abroad"),
        pytest.param("CA 95006", "us-santa-cruz-ca", "", "Santa Cruz-Watsonville, CA, United States", id="its-state"),
        pytest.param("England", "gb", "England", "England, United Kingdom", id="region-of-a-country-of-many-names"),
        pytest.param("Great Britain", "gb", "", "United Kingdom", id="name-of-the-country-and-of-a-region"),
        pytest.param("Köln", "de-cologne", "", "Cologne, Germany", id="city-by-its-own-name"),
        pytest.param("Koeln", "de-cologne", "", "Cologne, Germany", id="city-by-its-own-name-in-plain-letters"),
    ],
)
def test_town_is_answered_by_the_place_around_it(
    places: PlaceIndex, typed: str, slug: str, town: str, label: str
) -> None:
    found = places.find(typed)

    assert found.is_clear
    assert [(each.place.slug, each.area, each.label) for each in found.meanings] == [(slug, town, label)]
    assert places.find(label).meanings == found.meanings


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("95006", ["us-santa-cruz-ca"], id="american"),
        pytest.param("10115 remote", ["us-new-york-ny"], id="next-to-words-that-name-no-place"),
        pytest.param("20095", [], id="german"),
        pytest.param("110 05", [], id="swedish"),
        pytest.param("01310-100", [], id="brazilian"),
        pytest.param("01310100", [], id="brazilian-without-a-hyphen"),
        pytest.param("560001", [], id="indian"),
        pytest.param("1012 AB", [], id="dutch"),
        pytest.param("SW1A 1AA", [], id="british"),
        pytest.param("ls1", [], id="british-beginning"),
        pytest.param("M5V2T6", [], id="canadian"),
        pytest.param("D02 X285", [], id="irish"),
    ],
)
def test_postal_code_alone_is_taken_for_no_place(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_postal_code, found.is_clear) == (slugs, True, False)
    assert places.suggest(typed) == ()


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        pytest.param("75001, France", ["France"], id="not-the-american-one"),
        pytest.param("560001 India", ["India"], id="no-town-of-another-country-with-such-a-name"),
        pytest.param("India 560001", ["India"], id="number-last"),
        pytest.param("12345 Chile", ["Chile"], id="no-town-that-sounds-like-it"),
        pytest.param("12345 Mali", ["Mali", "Mali, Gansu, China"], id="as-without-the-number"),
        pytest.param("80331 Bavaria", ["Bavaria, Germany"], id="region"),
        pytest.param("12345 Georgia", ["Georgia (country)", "Georgia, United States"], id="country-and-state"),
        pytest.param("CA 12345", ["Canada", "California, United States"], id="code"),
        pytest.param("Albania 1001", ["Albania"], id="its-own"),
        pytest.param("UK 12345", ["United Kingdom"], id="not-one-of-the-country"),
    ],
)
def test_postal_code_and_country_offer_the_country(places: PlaceIndex, typed: str, labels: list[str]) -> None:
    found = places.find(typed)

    assert ([each.label for each in found.meanings], found.is_guess) == (labels, True)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("London N6A 3K7", "ca-london-on", id="canadian"),
        pytest.param("London ON N6A 3K7", "ca-london-on", id="canadian-with-its-province"),
        pytest.param("London SW1A1AA", "gb-london", id="british-without-a-space"),
        pytest.param("Cambridge CB2", "gb-cambridge", id="british-beginning"),
        pytest.param("Durham DH1", "gb-newcastle-upon-tyne", id="british-of-three-characters"),
        pytest.param("Newcastle NE1 1AA", "gb-newcastle-upon-tyne", id="british-and-a-shortened-name"),
        pytest.param("London 43140", "us-columbus-oh", id="american"),
        pytest.param("Austin, TX 78701-1234", "us-austin-tx", id="american-of-nine-digits"),
        pytest.param("Amsterdam 1012 AB", "nl-amsterdam", id="dutch"),
        pytest.param("D-80331 München", "de-munich", id="with-the-letter-of-cars"),
        pytest.param("Barcelona 08001", "es-barcelona", id="spanish"),
        pytest.param("20121 Milano", "it-milan", id="as-small-a-town-in-america-has-the-name"),
        pytest.param("Bengaluru - 560 001", "in-bengaluru", id="indian"),
        pytest.param("Dublin 2", "ie-dublin", id="district"),
    ],
)
def test_postal_code_says_in_which_country_a_place_is(places: PlaceIndex, typed: str, slug: str) -> None:
    found = places.find(typed)

    assert (_slugs(found)[:1], found.is_clear) == ([slug], True)


def test_british_code_offers_places_whose_names_go_on_first(places: PlaceIndex) -> None:
    found = places.find("Kingston KT1")

    assert ([each.label for each in found.meanings][:3], found.is_clear) == (
        [
            "Kingston upon Hull, England, United Kingdom",
            "Kingston upon Thames, United Kingdom",
            "Kingston, Kingston, Jamaica",
        ],
        False,
    )


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("London, Ontario 43140", ["ca-london-on"], id="american-next-to-a-canadian-city"),
        pytest.param("Toronto 90210", ["ca-toronto"], id="american-of-elsewhere"),
        pytest.param("London 90210", ["gb-london"], id="american-next-to-a-british-city"),
        pytest.param("Austin TX N6A 3K7", ["us-austin-tx"], id="canadian-next-to-an-american-city"),
        pytest.param("Boston 2110", ["us-boston-ma"], id="too-short"),
        pytest.param("Albania 12345", ["al", "us-albany-ny"], id="american-next-to-a-country"),
    ],
)
def test_postal_code_of_another_country_is_asked_about(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (_slugs(found)[: len(slugs)], found.is_clear) == (slugs, False)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("🇩🇪", "de", id="alone"),
        pytest.param("🇨🇦", "ca", id="not-california"),
        pytest.param("Berlin 🇩🇪", "de-berlin", id="after-a-city"),
        pytest.param("London 🇨🇦", "ca-london-on", id="of-a-smaller-city"),
    ],
)
def test_flag_is_its_country(places: PlaceIndex, typed: str, slug: str) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_clear) == ([slug], True)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("APAC", ["ug"]),
        ("UTC+2", ["nl-utrecht"]),
        ("GMT+01:00", []),
        ("remote (CET)", []),
        ("IST", ["tr-istanbul"]),
        ("PST", []),
    ],
)
def test_time_zone_or_short_name_of_an_area_is_no_place(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_wide, found.is_clear) == (slugs, True, False)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("ORD", ["us-ne"], id="code-of-an-airport"),
        pytest.param("Penn.", ["us-nd"], id="short-form-of-a-state"),
        pytest.param("East Berlin", ["us-gettysburg-pa", "de-berlin"], id="part-of-a-city"),
        pytest.param("NY, NY", ["us-new-york-ny", "us-ny"], id="code-of-a-state-twice"),
    ],
)
def test_name_of_a_town_that_may_mean_more_is_only_offered(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (_slugs(found)[: len(slugs)], found.is_clear) == (slugs, False)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("Berlin to Munich", ["de-berlin", "de-munich"], id="to-is-not-toronto"),
        pytest.param("Zalando SE, Berlin", ["de-berlin"], id="company-with-a-word-that-is-a-town"),
    ],
)
def test_words_between_places_are_no_places(places: PlaceIndex, typed: str, slugs: list[str]) -> None:
    found = places.find(typed)

    assert (_slugs(found)[: len(slugs)], found.is_clear) == (slugs, False)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("12043 Berlin", ["de-berlin", "us-albany-ny"], id="berlin-in-germany-and-new-york"),
        pytest.param("Athens 10557", ["gr-athens", "us-ny"], id="number-last"),
        pytest.param("10005 Stockholm", ["se-stockholm", "us-new-york-ny"], id="town-of-a-metro-area"),
        pytest.param("Peru 61354", ["pe", "us-il"], id="country-and-town"),
    ],
)
def test_american_postal_code_does_not_hide_a_much_larger_place(
    places: PlaceIndex, typed: str, slugs: list[str]
) -> None:
    found = places.find(typed)

    assert (_slugs(found), found.is_clear, found.is_guess) == (slugs, False, False)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        pytest.param("Portland 04101", "us-portland-me", id="smaller-american-city"),
        pytest.param("Dublin 43017", "us-columbus-oh", id="no-such-number-in-ireland"),
        pytest.param("Salisbury 21801", "us-salisbury-md", id="old-name-of-a-much-larger-city"),
        pytest.param("AL 35203", "us-birmingham-al", id="code-of-a-state-and-of-a-country"),
        pytest.param("Birmingham 35203", "us-birmingham-al", id="about-as-large"),
        pytest.param("Singapore 018956", "sg-singapore", id="city-of-its-country-s-name"),
        pytest.param("Birmingham B1", "gb-birmingham", id="no-american-number"),
    ],
)
def test_postal_code_tells_towns_of_one_name_apart(places: PlaceIndex, typed: str, slug: str) -> None:
    assert _means(places.find(typed), slug)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("Newcastle", ["au", "za", "gb-newcastle-upon-tyne"], id="by-people"),
        pytest.param("Kingston", ["jm", "gb", "ca-kingston"], id="in-no-metro-area"),
    ],
)
def test_large_cities_whose_names_go_on_are_choices_too(places: PlaceIndex, typed: str, first: list[str]) -> None:
    found = places.find(typed)

    assert not found.is_clear
    assert _slugs(found)[: len(first)] == first


def test_towns_of_one_name_in_a_state_are_told_apart_by_their_county(places: PlaceIndex) -> None:
    labels = [each.label for each in places.find("Brentwood, CA").meanings]

    assert len(labels) == len(set(labels)) == 2
    assert [[each.label for each in places.find(label).meanings] for label in labels] == [[label] for label in labels]


@pytest.mark.parametrize("typed", ["Singapore", "singap", "Hong Kong", "hong ko"])
def test_country_with_one_city_is_listed_once(places: PlaceIndex, typed: str) -> None:
    whole = [each.place.slug for each in places.suggest(typed) if not each.area]

    assert len({"sg", "sg-singapore", "hk", "hk-hong-kong"} & set(whole)) == 1


@pytest.mark.parametrize("typed", ["Kosovo", "12345 Kosovo", "Lebanon", "Isle of Man", "Syrian Arab Republic"])
def test_country_without_pay_is_named_and_nothing_is_taken(places: PlaceIndex, typed: str) -> None:
    found = places.find(typed)

    assert found.without_pay
    assert not found.is_clear


def test_words_that_name_no_place_do_not_find_one(places: PlaceIndex) -> None:
    assert _slugs(places.find("EU usa")) == ["us"]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        pytest.param("köln", ["Cologne, Germany"], id="city-once"),
        pytest.param("buenos", ["Buenos Aires (CABA), Argentina", "Buenos Aires Province, Argentina"], id="and-region"),
        pytest.param("deutsch", ["Germany"], id="no-town-that-germans-call-so"),
        pytest.param("eu", ["Eugene-Springfield, OR, United States"], id="no-old-name"),
        pytest.param("münch", ["Munich, Germany"], id="own-language"),
        pytest.param(
            "bangal",
            ["Bengaluru, India", "Bangall, New York, United States"],
            id="no-name-with-an-error-where-one-is-begun",
        ),
    ],
)
def test_nothing_unlikely_is_suggested(places: PlaceIndex, typed: str, labels: list[str]) -> None:
    assert [each.label for each in places.suggest(typed)] == labels


def test_districts_are_suggested_after_other_places(places: PlaceIndex) -> None:
    labels = [each.label for each in places.suggest("zur")]

    assert labels[:4] == [
        "Zürich, Switzerland",
        "Zuru, Kebbi, Nigeria",
        "Zurich, Montana, United States",
        "Zürich (Kreis 11), Zürich, Switzerland",
    ]


def test_small_town_is_suggested_after_large_places_that_its_name_begins(places: PlaceIndex) -> None:
    labels = [each.label for each in places.suggest("san")]

    assert labels[0] == "Santiago, Chile"
    assert "San, Ségou, Mali" in labels


def test_whole_names_are_suggested_before_beginnings(places: PlaceIndex) -> None:
    suggested = [each.place.slug for each in places.suggest("georgia")]

    assert suggested[:2] == ["ge", "us-ga"]


@pytest.mark.parametrize("typed", ["a", "s", "new", "san"])
def test_suggestions_are_few_and_different(places: PlaceIndex, typed: str) -> None:
    suggested = places.suggest(typed)

    assert len(suggested) == MAX_SUGGESTIONS
    assert len(set(suggested_slugs := [each.label for each in suggested])) == len(suggested_slugs)


def test_city_of_its_country_s_name_is_suggested_once(places: PlaceIndex) -> None:
    labels = [each.label for each in places.suggest("Luxembi ourg, Luxembourg")]

    assert labels == list(dict.fromkeys(labels)) != []


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

    some = named[::7]

    lost = [(alias, slug) for alias, slug in some if slug not in {each.place.slug for each in places.suggest(alias)}]

    assert some
    assert lost == []


def test_each_short_label_means_the_place_and_no_town_in_it(places: PlaceIndex, published: PublishedEdition) -> None:
    found = {slug: places.find(places.short_label(slug)) for slug in published.edition.places}

    assert [slug for slug, each in found.items() if not _means(each, slug) or each.meanings[0].area] == []


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        pytest.param("us-austin-tx", "Austin", id="one-of-its-name"),
        pytest.param("us-louisville-ky", "Louisville", id="city-and-county"),
        pytest.param("us-portland-or", "Portland, OR-WA", id="several-in-a-country"),
        pytest.param("cl-santiago", "Santiago, Chile", id="large-cities-elsewhere-in-the-gazetteer"),
        pytest.param("gb-birmingham", "Birmingham, United Kingdom", id="several-in-the-catalogue"),
    ],
)
def test_short_label_says_where_a_place_lies_if_others_have_its_name(places: PlaceIndex, slug: str, label: str) -> None:
    assert places.short_label(slug) == label
    assert _means(places.find(label), slug)


@pytest.mark.parametrize(
    ("slug", "name"),
    [("gb", "the United Kingdom"), ("nl", "the Netherlands"), ("us-austin-tx", "Austin"), ("de", "Germany")],
)
def test_name_inside_a_sentence_has_its_article(published: PublishedEdition, slug: str, name: str) -> None:
    assert name_in_text(published.edition.places[slug]) == name


def test_only_these_names_have_an_article_inside_a_sentence(published: PublishedEdition) -> None:
    names = map(name_in_text, published.edition.places.values())

    assert sorted(name.removeprefix("the ") for name in names if name.startswith("the ")) == [
        "Central African Republic",
        "Comoros",
        "Democratic Republic of the Congo",
        "District of Columbia",
        "Dominican Republic",
        "Gambia",
        "Maldives",
        "Marshall Islands",
        "Netherlands",
        "Palestinian Territory",
        "Philippines",
        "Republic of the Congo",
        "Seychelles",
        "Solomon Islands",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
    ]


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

    assert len(found.places) <= MAX_SUGGESTIONS
    assert len(suggested) <= MAX_SUGGESTIONS
    assert not found.is_clear or len(found.places) == 1


@pytest.mark.parametrize("first", ["dayton", pytest.param("daytoq", id="with-an-error")])
def test_long_list_of_common_names_does_not_take_long(places: PlaceIndex, first: str) -> None:
    names = (
        f"{first} hillsboro oakdale russell clinton franklin salem georgetown springfield madison greenville bristol"
        " fairview marion"
    ).split()

    few, many = (_count_calls(places, " / ".join(names[:length])) for length in (4, len(names)))

    assert many < 20 * few


def _count_calls(places: PlaceIndex, typed: str) -> int:
    """Return how many functions a search calls once what it needs is in memory."""
    places.find(typed)
    with Profile() as profile:
        places.find(typed)
    return sum(each.callcount for each in profile.getstats())


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        pytest.param("berlin", "berlin", 0, id="same"),
        pytest.param("berln", "berlin", 1, id="letter-too-few"),
        pytest.param("berlinn", "berlin", 1, id="letter-too-many"),
        pytest.param("berlan", "berlin", 1, id="wrong-letter"),
        pytest.param("brelin", "berlin", 1, id="neighbours-swapped"),
        pytest.param("brlein", "berlin", 2, id="letter-moved"),
        pytest.param("", "bern", 4, id="nothing"),
    ],
)
def test_oracle_counts_errors(one: str, other: str, errors: int) -> None:
    assert (_errors(one, other), _errors(other, one)) == (errors, errors)


@HYPOTHESIS
@given(order=st.permutations(["springfield-il", "springfield-mo", "springfield-xx", "springfield-country"]))
def test_order_does_not_depend_on_the_order_of_places(order: list[str]) -> None:
    known = {
        "springfield-country": make_place("springfield-country", name="Springfield"),
        "springfield-il": _metro("springfield-il", population=None),
        "springfield-mo": _metro("springfield-mo", population=None),
        "springfield-xx": _metro("springfield-xx", population=None),
    }
    index = PlaceIndex({slug: known[slug] for slug in order}, {})

    assert [each.place.slug for each in index.suggest("springfield")] == sorted(known)


@pytest.mark.parametrize(
    ("large", "small", "is_clear"),
    [
        pytest.param(1_000_000, 100_000, True, id="ten-times"),
        pytest.param(999_999, 100_000, False, id="less"),
        pytest.param(1_000_000, None, False, id="unknown"),
    ],
)
def test_city_ten_times_as_large_is_meant(large: int, small: int | None, is_clear: bool) -> None:
    country = make_place("springfield-country", name="Country")
    places = [country, _metro("springfield-mo", population=large), _metro("springfield-il", population=small)]
    index = PlaceIndex({place.slug: place for place in places}, {})

    found = index.find("springfield")

    assert (found.is_clear, found.places[0]) == (is_clear, places[1])


def test_countries_come_first_then_the_more_populous() -> None:
    country = make_place("springfield-country", name="Springfield")
    small = _metro("springfield-il", population=100)
    large = _metro("springfield-mo", population=200)
    unknown = _metro("springfield-xx", population=None)
    index = PlaceIndex({place.slug: place for place in (unknown, small, country, large)}, {})

    assert [each.place.slug for each in index.suggest("springfield")] == [
        "springfield-country",
        "springfield-mo",
        "springfield-il",
        "springfield-xx",
    ]


def test_places_that_have_the_same_label_are_labelled_with_their_slug() -> None:
    country = make_place("springfield-country", name="Country")
    places = [country, _metro("springfield-il", population=1), _metro("springfield-mo", population=2)]
    index = PlaceIndex({place.slug: place for place in places}, {})

    labels = [index.label(place.slug) for place in places]

    assert labels == ["Country", "Springfield, Country", "Springfield, Country (springfield-mo)"]
    assert [_slugs(index.find(label)) for label in labels] == [[place.slug] for place in places]


def test_whole_name_beats_a_beginning() -> None:
    index = PlaceIndex({slug: make_place(slug, name=slug.title()) for slug in ("york", "yorkshire")}, {})

    assert index.find("york").places == (make_place("york", name="York"),)
    assert [each.place.slug for each in index.suggest("york")] == ["york", "yorkshire"]


def _metro(slug: str, population: int | None) -> Place:
    return make_place(slug, name="Springfield", kind="metro", parent="springfield-country", population=population)


def _errors(one: str, other: str) -> int:
    """Letters too many, too few, wrong, and neighbours swapped: the whole table of optimal string alignment."""
    table = [
        [column + row if not column * row else 0 for column in range(len(other) + 1)] for row in range(len(one) + 1)
    ]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            is_wrong = one[row - 1] != other[column - 1]
            best = min(table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + is_wrong)
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 1] + other[column - 2]:
                best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[-1][-1]


def _slugs(found: Found) -> list[str]:
    return [place.slug for place in found.places]


def _within(slug: str, places: Mapping[str, Place]) -> set[str]:
    """The place, all that it lies in, and the states of a metro area that is in several."""
    around = {slug, *find_states(places[slug], places)}
    return around | (_within(places[slug].parent, places) if places[slug].parent else set())


def _means(found: Found, slug: str) -> bool:
    return found.is_clear and _slugs(found) == [slug]

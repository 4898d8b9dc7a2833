"""An edition as bytes: canonical JSON with a checksum, and back to the engine's value.

Everything that a verdict may depend on, or that readers see about an edition, is inside the checksum.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings

from calculator.engine import (
    About,
    Constants,
    Edition,
    Evidence,
    EvidenceChoice,
    ExchangeRate,
    ExperiencePoint,
    Grade,
    OnVerdict,
    Place,
    Pool,
    Skill,
    Source,
    Way,
    WayEvidence,
    WayUnit,
    has_model,
)
from skills.models.location import QUANTILES
from skills.places.gazetteer import open_gazetteer
from skills.places.search import PlaceIndex, have_same_names

#: Which ways verdicts show of editions from before a way said so itself.
_ON_VERDICT_AT_FIRST = {
    "ask-raise": "yes",
    "switch-employer": "yes",
    "promotion-senior": "step",
    "promotion-staff": "step",
}

type Document = dict[str, Any]
#: Skill, source and region: what tells one piece of evidence from another.
type EvidenceKey = tuple[str, str, str]


class DamagedEdition(ValueError):
    """An edition whose bytes are not those that were published; it must not be shown."""


class EditionNotShown(Exception):
    """There is no edition to answer with; `status` is that of the response."""

    status = 503


class UnknownModel(EditionNotShown):
    """An edition that was published under a version of the model that this code does not have."""

    status = 404

    def __init__(self, number: int, model: int) -> None:
        super().__init__(f"Edition {number} was published under model {model}, which this version of the site lacks.")
        self.number = number
        self.model = model


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A document as it is kept: compressed canonical JSON and the SHA-256 of the JSON."""

    content: bytes
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """A skill that visitors look for and that no figure is about; `reason` is what they may expect."""

    name: str
    other_names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class PublishedEdition:
    """An edition ready to answer with: the engine's value, and what the pages tell of it.

    `reviews` has the days by which editors want to look at a figure again, where they named one, and `way_reviews` the
    same of ways: (way, region) for a range, (way, source, region, population) for evidence. `json_bytes` is the length
    of its JSON. `shared_places` is a location search that shares its names with another edition's.
    """

    edition: Edition
    published_at: datetime
    publisher: str
    note: str
    checksum: str
    aliases: Mapping[str, tuple[str, ...]]
    reviews: Mapping[EvidenceKey, date]
    way_reviews: Mapping[tuple[str, ...], date] = field(default_factory=dict)
    unmeasured: tuple[Unmeasured, ...] = ()
    json_bytes: int
    shared_places: PlaceIndex | None = field(default=None, compare=False, repr=False)

    @property
    def number(self) -> int:
        return self.edition.number

    @property
    def kept(self) -> dict[Any, Any]:
        """What was made of this edition so far (calculator/engine/edition_cache.py)."""
        return self.edition.kept

    @cached_property
    def places(self) -> PlaceIndex:
        """The location search of this edition, made when first asked for."""
        return self.shared_places or PlaceIndex(
            self.edition.places, self.aliases, open_gazetteer(settings.GAZETTEER_FOLDER)
        )

    def has_same_place_names(self, other: PublishedEdition) -> bool:
        """Whether both can share the names of one location search."""
        return self.aliases == other.aliases and have_same_names(self.edition.places, other.edition.places)


def seal(document: Document) -> Sealed:
    """The document as bytes; the same document gives the same bytes."""
    canonical = _write_canonical(document)
    return Sealed(content=zlib.compress(canonical, 9), checksum=hashlib.sha256(canonical).hexdigest())


def compute_checksum(document: Document) -> str:
    """Return the checksum that `seal` gives the document, without compressing it."""
    return hashlib.sha256(_write_canonical(document)).hexdigest()


def unseal(sealed: Sealed, number: int) -> Document:
    """The document of edition `number`, without notes for editors.

    Raises DamagedEdition, naming it, if a bit differs from what was published.
    """
    return _parse(_unpack(sealed, number), number)


def read_document(sealed: Sealed, number: int) -> Document:
    """The document of an edition that this code can answer with. Raises DamagedEdition, UnknownModel."""
    return _with_known_model(unseal(sealed, number), number)


def read_edition(sealed: Sealed, number: int) -> PublishedEdition:
    """Edition `number`, ready to answer with. Raises DamagedEdition, UnknownModel."""
    canonical = _unpack(sealed, number)
    document = _with_known_model(_parse(canonical, number), number)
    about = document["edition"]
    return PublishedEdition(
        edition=engine_edition(document),
        published_at=datetime.fromisoformat(about["published_at"]),
        publisher=about["publisher"],
        note=about["note"],
        checksum=sealed.checksum,
        aliases={place["slug"]: tuple(place["aliases"]) for place in document["places"]},
        reviews={
            (row["skill"], row["source"], row["region"]): date.fromisoformat(row["review_on"])
            for row in document["evidence"]
            if row.get("review_on")
        },
        way_reviews=_way_reviews(document),
        unmeasured=tuple(
            Unmeasured(name=row["name"], other_names=tuple(row["other_names"]), reason=row["reason"])
            for row in document.get("unmeasured", ())
        ),
        json_bytes=len(canonical),
    )


def engine_edition(document: Document) -> Edition:
    """The engine's value: percent turned into shares, rows keyed by slug."""
    evidence = defaultdict(list)
    for row in document["evidence"]:
        evidence[row["skill"]].append(engine_evidence(row))
    return Edition(
        number=document["edition"]["number"],
        model=document["edition"]["model"],
        constants=_read_constants(document["constants"]),
        skills={row["slug"]: _read_skill(row) for row in document["skills"]},
        sources={row["slug"]: Source(**_read_columns(Source, row)) for row in document["sources"]},
        evidence={slug: tuple(rows) for slug, rows in evidence.items()},
        pools={
            (row["skill"], EvidenceChoice(row["evidence"]), row["region"]): Pool(
                low=row["low"], high=row["high"], points=tuple(row["points"])
            )
            for row in document["pools"]
        },
        places={row["slug"]: _place(row) for row in document["places"]},
        rates={row["currency"]: ExchangeRate(**_read_columns(ExchangeRate, row)) for row in document["rates"]},
        ways=tuple(read_ways(document)),
        way_evidence=_way_evidence(document),
        experience=tuple(_experience_point(row) for row in document.get("experience", ())),
    )


def engine_evidence(row: Mapping[str, Any]) -> Evidence:
    """The engine's value of one row."""
    return Evidence(**_read_columns(Evidence, row) | {"grade": Grade(row["grade"]), "about": About(row["about"])})


def find_ways(document: Document) -> list[Mapping[str, Any]]:
    """Return the rows of ways, with what editions did not say at first; none from before there were ways."""
    return [{"on_verdict": _ON_VERDICT_AT_FIRST.get(row["slug"], "no")} | row for row in document.get("ways", ())]


def read_ways(document: Document) -> Iterator[Way]:
    """Yield each range with what holds for its way everywhere; none in editions published before there were ways."""
    ways = {row["slug"]: row for row in find_ways(document)}
    for row in document.get("way_ranges", ()):
        columns = _read_columns(Way, ways[row["way"]] | row)
        yield Way(
            **columns
            | {
                "slug": row["way"],
                "unit": WayUnit(columns["unit"]),
                "on_verdict": OnVerdict(columns["on_verdict"]),
                "expected": None if row["mid_percent"] is None else row["mid_percent"] / 100,
                "months": (row["months_low"], row["months_mid"], row["months_high"]),
                "grade": Grade(row["grade"]),
                "sources": tuple(row["sources"]),
            }
        )


def _way_reviews(document: Document) -> Mapping[tuple[str, ...], date]:
    keys = {"way_ranges": ("way", "region"), "way_evidence": ("way", "source", "region", "population")}
    return {
        tuple(row[column] for column in columns): date.fromisoformat(row["review_on"])
        for table, columns in keys.items()
        for row in document.get(table, ())
        if row.get("review_on")
    }


def _way_evidence(document: Document) -> Mapping[str, tuple[WayEvidence, ...]]:
    evidence = defaultdict(list)
    for row in document.get("way_evidence", ()):
        evidence[row["way"]].append(WayEvidence(**_read_columns(WayEvidence, row) | {"grade": Grade(row["grade"])}))
    return {slug: tuple(rows) for slug, rows in evidence.items()}


def _experience_point(row: Mapping[str, Any]) -> ExperiencePoint:
    return ExperiencePoint(**_read_columns(ExperiencePoint, row) | {"grade": Grade(row["grade"])})


def _unpack(sealed: Sealed, number: int) -> bytes:
    try:
        canonical = zlib.decompress(sealed.content)
    except zlib.error as error:
        raise DamagedEdition(f"Edition {number} is damaged: it cannot be unpacked ({error}).") from None
    if hashlib.sha256(canonical).hexdigest() != sealed.checksum:
        raise DamagedEdition(f"Edition {number} is damaged: its checksum does not match its content.")
    return canonical


def _parse(canonical: bytes, number: int) -> Document:
    document: Document = json.loads(canonical)
    if document["edition"]["number"] != number:
        raise DamagedEdition(f"Edition {number} is damaged: its content is of edition {document['edition']['number']}.")
    return document


def _with_known_model(document: Document, number: int) -> Document:
    if not has_model(document["edition"]["model"]):
        raise UnknownModel(number, document["edition"]["model"])
    return document


def _write_canonical(document: Document) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _read_constants(values: Mapping[str, Any]) -> Constants:
    """The constants of the edition's model; lists become the tuples they were."""
    return Constants(**{name: _as_tuples(value) for name, value in _read_columns(Constants, values).items()})


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(each) for each in value) if isinstance(value, list) else value


def _read_skill(row: Mapping[str, Any]) -> Skill:
    lists = {name: tuple(row[name]) for name in ("requires", "other_names", "related_words") if name in row}
    return Skill(**_read_columns(Skill, row) | lists)


def _place(row: Mapping[str, Any]) -> Place:
    quantiles = {share: row[name] for name, share in QUANTILES.items() if row[name] is not None}
    return Place(**_read_columns(Place, row) | {"quantiles": quantiles})


def _read_columns(kind: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row that the engine's value has; it has `low_percent` as `low`, a share."""
    names = _names(kind)
    shares = {name.removesuffix("_percent"): value for name, value in row.items() if name.endswith("_percent")}
    return {name: value for name, value in row.items() if name in names} | {
        name: None if percent is None else percent / 100 for name, percent in shares.items() if name in names
    }


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))

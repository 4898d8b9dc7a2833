"""The catalogue as CSV: one reader and writer a table, in the order in which they depend on each other."""

from skills.catalogue.resources.evidence import EvidenceResource
from skills.catalogue.resources.exchange_rates import ExchangeRateResource
from skills.catalogue.resources.experience import ExperienceResource
from skills.catalogue.resources.locations import LocationAliasResource, LocationResource
from skills.catalogue.resources.outcome import BadTable, CellChange, Outcome, RowChange, TableError
from skills.catalogue.resources.resource import Table
from skills.catalogue.resources.skills import SkillResource
from skills.catalogue.resources.sources import SourceResource
from skills.catalogue.resources.unmeasured_skills import UnmeasuredSkillResource
from skills.catalogue.resources.ways import WayEvidenceResource, WayRangeResource, WayResource

TABLES: tuple[type[Table], ...] = (
    SourceResource,
    SkillResource,
    EvidenceResource,
    LocationResource,
    LocationAliasResource,
    ExchangeRateResource,
    UnmeasuredSkillResource,
    WayResource,
    WayRangeResource,
    WayEvidenceResource,
    ExperienceResource,
)

__all__ = [
    "TABLES",
    "BadTable",
    "CellChange",
    "EvidenceResource",
    "ExchangeRateResource",
    "ExperienceResource",
    "LocationAliasResource",
    "LocationResource",
    "Outcome",
    "RowChange",
    "SkillResource",
    "SourceResource",
    "Table",
    "TableError",
    "UnmeasuredSkillResource",
    "WayEvidenceResource",
    "WayRangeResource",
    "WayResource",
]

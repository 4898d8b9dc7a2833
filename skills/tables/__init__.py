"""The catalogue as CSV: one reader and writer a table, in the order in which they depend on each other."""

from skills.tables.evidence import EvidenceTable
from skills.tables.exchange_rates import ExchangeRateTable
from skills.tables.locations import LocationAliasTable, LocationTable
from skills.tables.outcome import BadTable, CellChange, Outcome, RowChange, TableError
from skills.tables.skills import SkillTable
from skills.tables.sources import SourceTable
from skills.tables.table import Table

TABLES: tuple[type[Table], ...] = (
    SourceTable,
    SkillTable,
    EvidenceTable,
    LocationTable,
    LocationAliasTable,
    ExchangeRateTable,
)

__all__ = [
    "TABLES",
    "BadTable",
    "CellChange",
    "EvidenceTable",
    "ExchangeRateTable",
    "LocationAliasTable",
    "LocationTable",
    "Outcome",
    "RowChange",
    "SkillTable",
    "SourceTable",
    "Table",
    "TableError",
]

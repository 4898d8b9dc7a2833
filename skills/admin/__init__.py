"""The editors' pages: the tables of the catalogue, and the editions, one concept a module."""

from skills.admin import (
    account,
    article,
    change_log,
    edition,
    evidence,
    exchange_rate,
    location,
    skill,
    source,
    unmeasured_skill,
    way,
)

__all__ = [
    "account",
    "article",
    "change_log",
    "edition",
    "evidence",
    "exchange_rate",
    "location",
    "skill",
    "source",
    "unmeasured_skill",
    "way",
]

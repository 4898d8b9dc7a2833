"""The editors' pages: the catalogue's rows, and what was published of them, one concept a module."""

from skills.admin import account, article, change_log, edition, evidence, exchange_rate, location, skill, source

__all__ = ["account", "article", "change_log", "edition", "evidence", "exchange_rate", "location", "skill", "source"]

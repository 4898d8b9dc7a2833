"""A verdict as data: its JSON, and its skills and other ways as CSV tables."""

from calculator.downloads.tables import write_verdict_csv, write_ways_csv
from calculator.downloads.verdict_json import write_verdict_json

__all__ = ["write_verdict_csv", "write_verdict_json", "write_ways_csv"]

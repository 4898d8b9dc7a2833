"""A skill's name inside a sentence, and in few words."""

from __future__ import annotations

#: First words of names that are no names themselves: "cloud architecture", but "Redis and caching".
_ORDINARY_WORDS = frozenset(
    ("Application", "Cloud", "Data", "Event", "Infrastructure", "Machine", "Search", "Site", "System", "Web")
)


def skill_in_text(name: str) -> str:
    """Cloud architecture (AWS/GCP) as cloud architecture (AWS/GCP); Kubernetes as it is."""
    return name[0].lower() + name[1:] if name.partition(" ")[0] in _ORDINARY_WORDS else name


def short_skill_name(name: str) -> str:
    """Without its examples, for where the whole name is near: Cloud architecture (AWS/GCP) as Cloud architecture.

    A name of one word stays as it is: Search (Elasticsearch).
    """
    words, _, _ = name.partition(" (")
    return words if " " in words else name

"""Which skills the headings of a text are marked with, as `## Kubernetes {skill=kubernetes}`."""

from __future__ import annotations

from skills.articles.markdown import read_sections

SKILL_MARKER = "skill"


def skill_anchors(text: str) -> dict[str, str]:
    """The marked skills in order, each with the anchor of the first heading about it."""
    anchors: dict[str, str] = {}
    for section in read_sections(text):
        if section.marker and section.marker[0] == SKILL_MARKER:
            anchors.setdefault(section.marker[1], section.anchor)
    return anchors

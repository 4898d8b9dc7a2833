"""Reads the skill markers of headings, such as `## Kubernetes {skill=kubernetes}`."""

from __future__ import annotations

from skills.articles.markdown import read_sections

SKILL_MARKER = "skill"


def skill_anchors(text: str) -> dict[str, str]:
    """Return the marked skills in order, each with the anchor of its first heading."""
    anchors: dict[str, str] = {}
    for section in read_sections(text):
        if section.marker and section.marker[0] == SKILL_MARKER:
            anchors.setdefault(section.marker[1], section.anchor)
    return anchors

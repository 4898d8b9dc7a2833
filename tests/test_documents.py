"""What the documents link to and name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = "calculator|deploy|docs|earnverdict|ops|scripts|skills|static|templates|tests"
DOCUMENTS = sorted(
    path.relative_to(PROJECT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "skills/data/*.md")
    for path in PROJECT.glob(pattern)
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    document = PROJECT / name

    links = re.findall(r"\]\((?!https?:|/)([^)\s]+)\)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not _leads_somewhere(document, link)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_of_the_project_exists(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")

    paths = re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text)

    assert [path for path in paths if not (PROJECT / path).exists()] == []


def _leads_somewhere(document: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = document.parent / path if path else document
    return target.exists() and (not heading or heading in _headings(target))


def _headings(document: Path) -> set[str]:
    """The anchors of a document, as GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    found = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}

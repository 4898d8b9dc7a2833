"""Words and sentences that must not return to code, documents and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
#: What is read: all texts below these that are written here.
FOLDERS = ("calculator", "skills", "earnverdict", "ops", "scripts", "deploy", "docs", "templates", "static")
FILES = ("README.md", "CONTRIBUTING.md", "Makefile", "manage.py", "pyproject.toml", ".env.example")
SUFFIXES = {".py", ".html", ".md", ".css", ".js", ".conf", ".service", ".toml", ".example", ""}
#: Not read for words. Migrations are history, articles are editors' texts.
EXCLUDED = (
    "skills/migrations/",
    "skills/data/",
)
#: Each word with what to write instead.
WORDS = {
    "anew": "again",
    "beside": "next to",
    "desk": "preview, or desktop",
    "hearsay": "not reliable",
    "look-out": "watcher",
    "somebody": "a visitor, an editor, a reader",
    "stands for": "is, means",
    "take in": "import",
    "taken in": "imported",
    "told": "say who says what",
    "unawares": "silently",
    "whoever": "the editor who",
    "the gates": "validation",
    "MOST_": "MAX_",
    "LEAST_": "MIN_",
}
#: Lines that may have a word, by file.
ALLOWED: dict[str, tuple[str, ...]] = {}
#: Sentences of pages that visitors did not understand. They are looked for everywhere.
SENTENCES = (
    "answers for it",
    "most likely to bring in anything at all",
    "the evidence you let count says",
    "the level nearest to where you stand",
    "are the most: take some away",
    "leave empty for ours",
    "developers in United Kingdom",
    "the joy or the toil of the work",
    "We take it that you know",
    "Finer answers",
    "What is kept of you",
    "check against ONS ASHE",
)


def test_no_odd_word_returns() -> None:
    plain = [each for each in WORDS if each.islower()]
    word = re.compile(
        rf"\b(?:(?i:{'|'.join(map(re.escape, plain))})\b|{'|'.join(each for each in WORDS if each not in plain)})"
    )
    found = []
    for name, number, line in _lines():
        if name.startswith(EXCLUDED):
            continue
        match = word.search(line)
        if match and not any(allowed in line for allowed in ALLOWED.get(name, ())):
            found.append(f"{name}:{number}: “{match[0]}”: {WORDS.get(match[0]) or WORDS[match[0].lower()]}")

    assert found == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_odd_sentence_returns(sentence: str) -> None:
    spaced = re.compile(r"\s+".join(map(re.escape, sentence.split())))

    assert [name for name, text in _texts() if spaced.search(text) and not name.startswith(EXCLUDED)] == []


def test_each_exception_is_needed() -> None:
    texts = dict(_texts())

    assert [name for name, lines in ALLOWED.items() if not all(line in texts.get(name, "") for line in lines)] == []


def _texts() -> Iterator[tuple[str, str]]:
    paths = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*")) if path.is_file()]
    for path in [*(PROJECT / name for name in FILES), *paths]:
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
            yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")


def _lines() -> Iterator[tuple[str, int, str]]:
    for name, text in _texts():
        for number, line in enumerate(text.splitlines(), start=1):
            yield name, number, line

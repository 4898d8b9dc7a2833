"""Words and sentences that must not return to code, documents and pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
#: What is read: all texts below these that are written here.
FOLDERS = ("calculator", "skills", "earnverdict", "ops", "scripts", "deploy", "docs", "templates", "static", "tests")
FILES = ("README.md", "CONTRIBUTING.md", "Makefile", "manage.py", "pyproject.toml", ".env.example")
SUFFIXES = {".py", ".html", ".md", ".css", ".js", ".conf", ".service", ".toml", ".example", ".csv", ""}
#: Not read for words: migrations and frozen figures are history, places have their names, this file has the words.
EXCLUDED = (
    "skills/migrations/",
    "skills/data/location",
    "skills/data/study/",
    "tests/engine/frozen/",
    "tests/test_english.py",
)
#: Each word with what to write instead.
WORDS = {
    "anew": "again",
    "beside": "next to",
    "desk": "preview, or desktop",
    "hearsay": "not reliable",
    "rehearsal": "dry run",
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
    **{f"{verb} {place}": "is, comes" for verb in ("stand", "stands") for place in ("at", "before", "in", "on")},
}
#: A function is named after what it does. These are names of one participle, with a preposition or without.
PARTICIPLE = re.compile(
    r"_*(?:[a-z]+ed|begun|chosen|done|drawn|found|given|gone|held|hidden|kept|known|left|lost|made|meant|said|seen|sent"
    r"|shown|spent|taken|told|understood|written)(?:_(?:as|at|by|for|from|in|of|on|to|too|under|with))?"
)
#: Finds the names of a module's functions quickly; what it finds is then parsed.
FUNCTION = re.compile(r"^def (\w+)", re.MULTILINE)
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

    unread = (*EXCLUDED, "tests/")  # tests look for some of these on pages
    assert [name for name, text in _texts() if spaced.search(text) and not name.startswith(unread)] == []


def test_no_function_is_named_with_a_participle() -> None:
    texts = [(name, text) for name, text in _texts() if name.endswith(".py")]
    suspects = [(name, text) for name, text in texts if any(map(PARTICIPLE.fullmatch, FUNCTION.findall(text)))]

    found = [
        (name, each.name)
        for name, text in suspects
        for each in ast.parse(text).body
        if isinstance(each, ast.FunctionDef) and "fixture" not in "".join(map(ast.unparse, each.decorator_list))
        if PARTICIPLE.fullmatch(each.name)
    ]
    assert found == []


def test_each_exception_is_needed() -> None:
    texts = dict(_texts())

    assert [name for name, lines in ALLOWED.items() if not all(line in texts.get(name, "") for line in lines)] == []


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """The texts, each with its file's name; they are read once."""
    below = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*")) if path.is_file()]
    paths = [*(PROJECT / name for name in FILES), *below]
    return tuple(
        (path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts
    )


def _lines() -> Iterator[tuple[str, int, str]]:
    for name, text in _texts():
        for number, line in enumerate(text.splitlines(), start=1):
            yield name, number, line

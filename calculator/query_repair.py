"""Reads the query of a link that was damaged on its way: by a chat, a mail, a document, or a hand that copied it.

One rule: a known name before `=` begins an answer, which ends where the next one begins. What no answer can hold is
dropped from its ends. Nothing is guessed: an answer that may mean two things stays as it came, and the form refuses it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from urllib.parse import unquote, unquote_plus

from django.http import QueryDict

from calculator.engine.profile import EXPERIENCE_YEARS, HORIZON_YEARS, NUMBERS, ODDS_PERCENT, WEEKLY_HOURS
from calculator.engine.ways import SIDE_HOURS
from calculator.money_input.plain_text import hides_digit
from calculator.query import PERIOD, STUDY_PREFIX, WAS, WAY_ODDS_PREFIX, Name, Side, WayName

type Pair = tuple[str, str]

#: A text may be escaped so often: by the program that sent it and by each that passed it on.
MAX_ESCAPES = 4
#: No answer is as long, even with what is left around it.
MAX_CHARACTERS = 1_000

_NAMES = {*Name, *WayName, PERIOD}
_OTHER_NAMES = {"skills": Name.SKILL.value}
#: Names that end in a skill or a way, and what such an answer is read as.
_PREFIXES = {STUDY_PREFIX: Name.STUDY.value, WAY_ODDS_PREFIX: Name.ODDS.value}
_AMOUNTS = {Name.SALARY, Name.HOUR, Name.SURE, WayName.RATE}
_PLACES = {Name.LOCATION, Name.TOWN, WayName.TO, WayName.TO_TOWN}
_LISTS = {Name.SKILL, Name.HAVE, Name.STUDY}
_WHOLE_NUMBERS = {spec.name for spec in (*NUMBERS, SIDE_HOURS)} - _AMOUNTS
#: These hold queries of their own, which are repaired where they are read.
_QUERIES = {WAS, *Side}
_HOURS = "hours?|hrs?|h"
_YEARS = "years?|yrs?|y"
#: What may follow a whole number.
_UNITS = {
    WEEKLY_HOURS.name: _HOURS,
    SIDE_HOURS.name: _HOURS,
    HORIZON_YEARS.name: _YEARS,
    EXPERIENCE_YEARS.name: _YEARS,
    ODDS_PERCENT.name: "%|percent|per cent|pct",
}

_STUDY_UNIT = re.compile(rf"(?<=\d)(?:\.0+)?\s*(?:{_HOURS})?\Z", re.IGNORECASE)

_ALL_NAMES = "|".join(sorted({*_NAMES, *_OTHER_NAMES}, key=len, reverse=True))
#: A name begins a word; what is left of `&amp;` may be before it.
_START = rf"(?<![\w.-])(?:amp;?){{0,{MAX_ESCAPES}}}"
_ANSWER = re.compile(
    rf"{_START}((?:{'|'.join(map(re.escape, _PREFIXES))})[\w-]+|{_ALL_NAMES})(?:\[\w*\])?\s*=", re.IGNORECASE
)
_SIDE = re.compile(rf"{_START}({'|'.join(Side)})(?:\[\])?\s*=", re.IGNORECASE)
#: Answers that came through undamaged, as most do.
_PLAIN = re.compile(r"[a-z0-9]*(?:[-:][a-z0-9]+)*")

_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,5}|#x[0-9a-f]{1,4});", re.IGNORECASE)
_PERCENT_ESCAPES = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
#: Marks of quoted-printable mails.
_SOFT_LINE_BREAK = re.compile(r"=\r?\n")
_ESCAPED_END = re.compile(r"(?<=[^=])(?<!=[0-9A-F]{2})(?:=[0-9A-F]{2})+\Z")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffc]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_LINE_BREAK = re.compile(r"[\r\n\t\v\f\u0085\u2028\u2029]+")
#: What follows an answer that a text goes on after: markup, a second link, another program's parameter.
_REST = re.compile(r"[<>\"“”]|\]\s?\(|https?:|[&;?]\s*[\w.-]+=", re.IGNORECASE)
#: What was typed with markup around it is no damaged link: <b>Leeds</b>.
_MARKED_UP = re.compile(r"\s*<([a-z][a-z0-9]*)(?:\s[^<>]*)?>.*</\1\s*>", re.IGNORECASE | re.DOTALL)
#: The text of a link, as one chat writes it: <address|text>.
_LINK_TEXT = re.compile(r"\|[^|>]*>")
_SEPARATOR = re.compile("[,;|、，；]")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›「」『』《》〈〉【】"
_AROUND = f" \0\xa0{_QUOTES}<>*~|^=&?!;,、，；：。"
_AROUND_AMOUNTS = f"{_AROUND}_/#\ufffd"
_AROUND_WORDS = f"{_AROUND}_:/…\ufffd"
#: Pictures, which people put after a link. Flags and money are none: they may say where, or in which currency.
_PICTURES = re.compile("[\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f300-\U0001f4af\U0001f4ba-\U0001faff\u200d]")
#: The number that an address ends with: a text may go on after it, but no figure.
_LAST_NUMBER = re.compile(r"(\d{1,9})(?:\.0+)?(?:\W\D*)?")


def repair_query(query: QueryDict) -> QueryDict:
    """The answers of a query; the query itself where nothing is wrong with it. Other parameters stay as they are."""
    pairs = [(name, value) for name, values in query.lists() for value in values]
    if all(map(_is_plain, pairs)):
        return query
    repaired = QueryDict(mutable=True)
    for name, value in _read_pairs(pairs):
        repaired.appendlist(name, value)
    return repaired


def repair_comparison(query: QueryDict, text: str) -> Mapping[str, str]:
    """The two sides of a comparison, from its query and the query's text.

    Where a side's own query was not escaped, all that follows its name belongs to it.
    """
    sides = {side.value: query.get(side, "") for side in Side}
    texts = [*(f"{name}=" for name in query if name not in sides), *sides.values()]
    if not any(_SIDE.search(_decode(text)) for text in texts) and not any(map(_ANSWER.search, texts[: -len(sides)])):
        return sides
    whole = _decode(unquote_plus(text.encode("latin-1", "replace").decode("utf-8", "replace")))
    return dict(reversed(_split(whole, _SIDE)))


def _is_plain(pair: Pair) -> bool:
    """Whether a parameter is an answer as our own pages write it."""
    name, value = pair
    kind = _find_kind(name)
    if kind not in _NAMES or (kind != name and not _PLAIN.fullmatch(name.removeprefix(f"{kind}."))):
        return False
    if kind in _WHOLE_NUMBERS or kind == Name.EDITION:
        return value.isdecimal()
    return _PLAIN.fullmatch(value) is not None


def _find_kind(name: str) -> str:
    """The name that says how an answer is read: that of all answers about one skill or one way is the same."""
    return next((kind for prefix, kind in _PREFIXES.items() if name.startswith(prefix)), name)


def _read_pairs(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs that hold no answer, as they came, then all answers in order."""
    found: list[Pair] = []
    for name, value in pairs:
        plain_name = name if "=" in name else _JOINERS.sub("", "".join(name.split()))
        answers = [] if name in _QUERIES else _split(_decode(f"{plain_name}={value}"), _ANSWER)
        if not answers:
            yield name, value
        found += answers
    if all(value.startswith(("3D", "3d")) for _, value in found):  # a mail's `=`
        found = [(name, value[2:]) for name, value in found]
    for name, value in found:
        name = _OTHER_NAMES.get(name, name)
        for each in _clean(name, value):
            yield name, each


def _split(text: str, start: re.Pattern[str]) -> list[Pair]:
    """The names that a text has before `=`, each with what follows until the next."""
    starts = [*start.finditer(text)]
    ends = [*(each.start() for each in starts[1:]), len(text)]
    return [(each[1].lower(), text[each.end() : end]) for each, end in zip(starts, ends, strict=False)]


def _decode(text: str) -> str:
    """The text that was escaped for HTML, for an address or for a mail, once or several times."""
    for _ in range(MAX_ESCAPES):
        before = text
        text = _PERCENT_ESCAPES.sub(lambda found: unquote(found[0]), text)
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        text = _SOFT_LINE_BREAK.sub("", text)
        if text == before:
            break
    if not text.isascii():
        text = _normalize(_INVISIBLE.sub("", text))
    return text.replace("\\", "")


def _normalize(text: str) -> str:
    """The usual characters for wide and styled ones; what hides a digit stays, for 5²0k is no 520k."""
    runs = groupby(text, hides_digit)
    return "".join(["".join(run) if is_kept else unicodedata.normalize("NFKC", "".join(run)) for is_kept, run in runs])


def _clean(name: str, value: str) -> list[str]:
    """An answer without what is around it; a list as its parts."""
    kind = _find_kind(name)
    if kind != Name.STUDY:
        value = _ESCAPED_END.sub("", value)
    is_text = kind in _AMOUNTS or kind in _PLACES
    value = _LINE_BREAK.sub(" " if is_text else "", _cut_link_texts(value))
    if is_text and _MARKED_UP.match(value):
        return [value]
    if is_text:
        around = _AROUND if kind in _PLACES else _AROUND_AMOUNTS
        text = _strip(_cut(_strip(value, around), may_lose_digits=kind in _PLACES), around)
        return [text if text or not _PICTURES.search(value) else value.strip()]
    value = _JOINERS.sub("", value)
    if kind in _LISTS:
        parts = [text for part in _SEPARATOR.split(value) if (text := _strip_word(part))] or [""]
        return [_STUDY_UNIT.sub("", part) for part in parts] if kind == Name.STUDY else parts
    value = _strip_word(value).lower()
    if name == Name.EDITION or name.startswith(WAY_ODDS_PREFIX):
        number = _LAST_NUMBER.fullmatch(value)
    else:
        unit = _UNITS.get(kind)
        number = re.fullmatch(rf"(\d{{1,9}})(?:[.,]0+)?\s*(?:{unit})?", value) if unit else None
    return [number[1] if number else value]


def _cut_link_texts(value: str) -> str:
    """The answer without the texts of links; as it came where digits follow one, for they may be another number."""
    before, *after = _LINK_TEXT.split(value)
    return value if any(re.search(r"\d", text) for text in after) else "".join((before, *after))


def _cut(value: str, *, may_lose_digits: bool = True) -> str:
    """The answer before markup or another link; an amount is not parted from other figures."""
    found = _REST.search(value)
    if found is None or (not may_lose_digits and re.search(r"\d", value[found.start() :])):
        return value
    return value[: found.start()]


def _strip_word(value: str) -> str:
    """A word or a number without what is around it; `.net` and `C#` stay whole."""
    around = _AROUND_WORDS if re.search(r"[a-z]#", value, re.IGNORECASE) else f"{_AROUND_WORDS}#"
    return _strip(_cut(_strip(value, around)), around).rstrip(".")


def _strip(value: str, around: str) -> str:
    """The text without `around`, without last full stops, and without brackets around it all or without their pair."""
    if len(value) > MAX_CHARACTERS:
        return value
    left = {bracket: value.count(bracket) for pair in _BRACKETS for bracket in pair}
    start, end, before = 0, len(value), None
    while before != (start, end):
        before = start, end
        while start < end and _is_around(value[start], around):
            start += 1
        while start < end and _is_around(value[end - 1], around):
            end -= 1
        end = _find_end(value, start, end)
        for opening, closing in _BRACKETS:
            begins, ends = value.startswith(opening, start, end), value.endswith(closing, start, end)
            opened, closed = left[opening], left[closing]
            is_around = opened == closed == 1 and begins and ends
            if is_around or (opened > closed and begins):
                start, left[opening] = start + 1, opened - 1
            if is_around or (closed > opened and ends):
                end, left[closing] = end - 1, closed - 1
    return value[start:end]


def _is_around(letter: str, around: str) -> bool:
    return letter in around or (letter > "\u2000" and _PICTURES.match(letter) is not None)


def _find_end(value: str, start: int, end: int) -> int:
    """Where the value ends without its last full stops; one after a letter is an abbreviation's, and stays."""
    first_stop = end
    while first_stop > start and value[first_stop - 1] == ".":
        first_stop -= 1
    is_abbreviation = first_stop == end - 1 and first_stop > start and value[first_stop - 1].isalpha()
    return end if is_abbreviation else first_stop

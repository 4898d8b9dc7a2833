"""Amounts without an upper end: “$30-50K+”, “50% or more”, “upwards of €20k”. Counts and ages may be open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from skills.articles.gates.amounts import Amount, AmountKind, amounts
from skills.articles.gates.passages import Passage
from skills.articles.gates.problem import Problem

_A_TIME = (
    r"(?:\s+(?:a|an|per|each|every)\s+(?:year|month|week|day|hour|annum)|\s*/\s*(?:year|yr|month|mo|hour|hr|h)\b)?"
)
_WORDS = (
    r"[\s-]+(?:or|and)[\s-]+(?:up(?!\s+to\b)|upwards?|beyond)\b"
    r"|[\s-]+or[\s-]+(?:more|higher|above|over|better|greater)\b"
    # “$395 and more time” is a sum; “$395 and more.” is open.
    r"|[\s-]+and[\s-]+(?:more|higher|above|over)\b(?=\s*(?:$|[.,;:!?)|]|(?:a|per)\s))"
    r"|-plus\b|\s+plus\b(?=\s*(?:$|[.,;:!?)|]|(?:a|per)\s))"
)
# “$50K+$10K” is a sum.
_PLUS = r"\s?[+＋⁺](?![\w$€£¥₹])"
_AFTER = re.compile(rf"(?:(?P<extra>{_A_TIME})(?:(?P<plus>{_PLUS})|(?P<words>{_WORDS})))", re.IGNORECASE)
_UP = re.compile(r"(?:\s+(?:on\s+)?(?:up|upwards?))\b(?!\s+to\b)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?P<said>\b(?:upwards?\s+of|north\s+of|in\s+excess\s+of)\s+(?:about\s+|around\s+|some\s+)?|(?:≥|⩾|>=|>)\s?)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+)?$", re.IGNORECASE)

# What may follow an open number that is pay; any other word is what it counts, as in “50K+ stars”.
_PAY_FOLLOWS = re.compile(
    r"\s*(?:$|[^\w\s]|(?:a|an|per|each|every|in|on|at|for|with|by|after|and|or|to|is|are|was|more|extra|total|base"
    r"|yearly|annual|annually|pay|salary|salaries|wages?|income|raises?|uplift|premium|bonus|comp|compensation"
    r"|dollars?|euros?|pounds?)\b)",
    re.IGNORECASE,
)
_PAY_PRECEDES = re.compile(
    r"\b(?:pay|pays|paid|salary|salaries|earn|earns|earned|earning|earnings|wages?|income|compensation)\b"
    r"(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\s*of\s++(?!(?:\w+\s+){0,2}(?:pay|salary|salaries|income|earnings|wages?|compensation)\b)")
_RANK = re.compile(r"\b(?:top|bottom)\s+$", re.IGNORECASE)
_CHANCE = re.compile(r"\b(?:chances?|probability|confidence|odds|likelihood|pairs|threshold|rating)\b", re.IGNORECASE)
# “if you earn $200,000 or more” picks out a group and promises nothing.
_CONDITION = re.compile(r"\b(?:if|who|whose|those|when|where|unless|once)\b", re.IGNORECASE)
_CLAUSE_ENDS = ".;:!?"
#: How many characters before an amount may say what it is of.
_NEAR = 120


def open_amounts(passage: Passage) -> Iterator[tuple[Amount, str]]:
    """Amounts of money, pay and percent whose upper end is left open, each with the words that say so."""
    has_chance = _chance_finder(passage)
    for amount in amounts(passage.words):
        start, end = _open_at(passage.words, amount)
        if (start, end) != (amount.start, amount.end) and _is_of_pay(passage.words, amount, end, has_chance):
            yield amount, " ".join(passage.words[start:end].split())


def open_range(passage: Passage, amount: Amount, written: str) -> Problem:
    return Problem(
        field=passage.field,
        line=passage.line_at(amount.start),
        message=f"“{written}” is a range without an upper end. Write both ends and cite the source, or name a figure "
        "of the edition, as {{ kubernetes.premium }}.",
    )


def _open_at(words: str, amount: Amount) -> tuple[int, int]:
    """From where to where the open range is written: just the amount if it is none."""
    before, start, end = words[max(0, amount.start - 40) : amount.start], amount.start, amount.end
    if found := _AFTER.match(words, end):
        is_condition = found["words"] and _CONDITION.search(words, _clause_start(words, start), start)
        return (start, end) if is_condition else (start, found.end())
    if found := _BEFORE.search(before):
        return start - len(found[0]), end
    since, up = _FROM.search(before), _UP.match(words, end)
    return (start - len(since[0]), up.end()) if since and up else (start, end)


def _clause_start(words: str, position: int) -> int:
    """Where the clause begins that a position is in."""
    return max(words.rfind(mark, 0, position) for mark in _CLAUSE_ENDS) + 1


def _chance_finder(passage: Passage) -> Callable[[int], bool]:
    """Tells whether the sentence at a position speaks of a chance; each sentence is searched once."""
    sentences = list(passage.sentences())
    ends, known = [end for _, end in sentences], dict[int, bool]()

    def has_chance(position: int) -> bool:
        number = bisect_right(ends, position)
        if number not in known:
            known[number] = _CHANCE.search(passage.words[slice(*sentences[number])]) is not None
        return known[number]

    return has_chance


def _is_of_pay(words: str, amount: Amount, end: int, has_chance: Callable[[int], bool]) -> bool:
    near = max(0, amount.start - _NEAR)
    if amount.kind is AmountKind.MONEY:
        return True
    if amount.kind is AmountKind.PERCENT:
        is_share = _OF_OTHERS.match(words, end) or _RANK.search(words, near, amount.start)
        return not (is_share or has_chance(amount.start))
    is_followed = _PAY_FOLLOWS.match(words, end) is not None
    if amount.kind is AmountKind.THOUSANDS:
        return is_followed
    is_large = max(number.value for number in amount.numbers) >= 1000
    return is_large and is_followed and _PAY_PRECEDES.search(words, near, amount.start) is not None

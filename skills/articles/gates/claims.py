"""Figures that are typed about a skill, and are not what the edition says of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from calculator.engine.edition import Edition
from earnverdict import formatting
from skills.articles.gates.amounts import Amount, AmountKind, amounts
from skills.articles.gates.on_file import (
    highest_uplift,
    measured_range,
    named_skills,
    says_amount,
    says_percent,
    source_says_percent,
)
from skills.articles.gates.passages import Kind, Passage
from skills.articles.gates.problem import Problem

_CITATION = re.compile(r"\[@(?P<slug>[a-z0-9-]+)\]")
_CITED_AT_ONCE = re.compile(r"[^\w\[]*+(?:\w++[^\w\[]++){0,3}\[@(?P<slug>[a-z0-9-]+)\]")
_CLAIM = (
    r"\b(?:measured|measures|premiums?|expect(?:s|ed)?|pays|paid|adds?|added|worth|uplift|raises?|boosts?|lifts?|increases?"
    r"|brings?|commands?|earns?|means?|(?:can|could|may|might|must|should|will|would|to)\s+pay)\b"
)
_CLAIMED_BEFORE = re.compile(rf"{_CLAIM}(?:[^\w;()\[\]“”]++[\w’'-]++){{0,6}}[^\w;()\[\]“”]*+$", re.IGNORECASE)
_CLAIMED_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:premium|measured|expected|uplift|raise\b|extra\b|of pay\b|on top\b|higher pay|pay rise"
    r"|more(?:\s+(?:pay|money|a|per|than|for|in|with|if|on)\b|\s*(?:$|[.,;!])))",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\W*+(?P<label>\w[^:–—=]{0,59}?)[\s*]*+[:–—=][\s*]*$")
_FACTOR = re.compile(r"\s*(?:times\b|×|\*)")
# A sentence with one of these tells of another kind of figure, or denies it.
_OTHERWISE = re.compile(
    r"\b(?:claim(?:s|ed)?|headlines?|adverts?|advertised|raw|gap|held constant|holding|rumou?rs?|alleged(?:ly)?"
    r"|reported(?:ly)?|not|no|never|none|nobody|cannot|neither|suppose|imagine|imaginary|hypothetical"
    r"|if\s+\w+\s+were|net gains?|stack|together|instead of|rather than|once said|overstates?d?)\b|n[’']t\b",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(
    r"\s*(?:(?:\w+\s+)?(?:chance|probability|odds|likelihood|confidence|interval|CI)\b|of\s++(?!(?:\w+\s+){0,2}(?:pay|salary|income)\b)"
    r"|(?:use|used|know|knew|say|said|ask|asked)\b)",
    re.IGNORECASE,
)
_SHARE_NAMED = re.compile(r"\b(?:chance|probability|odds)\b", re.IGNORECASE)
_SHARE_BEFORE = re.compile(r"\b(?:chance|probability|odds|confidence|interval)\s+(?:of|is|at|from)?\s*$", re.IGNORECASE)
# What somebody earns, or a price: no uplift.
_PAY_OR_PRICE = re.compile(
    r"\b(?:on|at|salary|salaries|median|pay (?:of|is)|earn|earns|earning|budget|costs?|exam|price|fee|spend|spends)\b"
    r"(?:\s+(?:of|is|a|about|around|for|from|between))*\s*$",
    re.IGNORECASE,
)
_COMES_TO = re.compile(
    r"\b(?:comes? to|puts?\b[^.;]*\bat|measures?|gives?|finds?|says?|shows?|is)\s\W*+$", re.IGNORECASE
)

#: How many characters before an amount may say what it is of.
_NEAR = 120
#: A longer label says more than a name.
MAX_LABEL_WORDS = 4


def false_figures(passage: Passage, edition: Edition, besides: Collection[int] = frozenset()) -> Iterator[Problem]:
    """One problem a figure; those that start at one of the positions `besides` are somebody else's concern."""
    found = [amount for amount in amounts(passage.words) if amount.kind in (AmountKind.PERCENT, AmountKind.MONEY)]
    if not found:
        return
    starts = [amount.start for amount in found]
    for start, end in passage.sentences():
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [amount for amount in inside if amount.start not in besides]
        sentence = passage.words[start:end]
        skill = _skill(passage, sentence, edition) if inside else ""
        asserts = not (_OTHERWISE.search(f"{sentence} {passage.labels}") or sentence.rstrip().endswith("?"))
        for amount in inside if skill else ():
            message = _of_source(passage, amount, skill, edition)
            if message is None and asserts and _is_claim(passage, amount, (start, end), edition):
                message = _of_skill(passage, amount, skill, edition)
            if message:
                yield Problem(field=passage.field, line=passage.line_at(amount.start), message=message)


def _skill(passage: Passage, sentence: str, edition: Edition) -> str:
    """The one skill that the sentence, or a cell's row or column, names; or else the one its section is about."""
    if passage.kind is Kind.CELL:
        named = named_skills(passage.labels, edition)
        return next(iter(named)) if len(named) == 1 else ""
    named = named_skills(sentence, edition)
    if len(named) == 1:
        return next(iter(named))
    return passage.skill if not named and passage.skill in edition.skills else ""


def _of_source(passage: Passage, amount: Amount, skill: str, edition: Edition) -> str | None:
    """What is wrong with a figure that is cited; empty if that is for its author to know, None if it is not cited."""
    cited = _CITED_AT_ONCE.match(passage.words, amount.end)
    if cited is None:
        return None
    evidence = [item for item in edition.evidence.get(skill, ()) if item.source == cited["slug"]]
    before = passage.words[max(0, amount.start - _NEAR) : amount.start]
    is_signed = any(number.is_signed for number in amount.numbers)
    is_premium = is_signed or _COMES_TO.search(before) or _CLAIMED_BEFORE.search(before)
    if not evidence or amount.kind is not AmountKind.PERCENT or not is_premium or _is_share(passage.words, amount):
        return ""
    if all(source_says_percent(number, evidence) for number in amount.numbers):
        return ""
    known = formatting.listing([formatting.signed_percent_range(item.low, item.high) for item in evidence])
    return (
        f"“{passage.words[amount.start : amount.end]}” is none of the figures that {cited['slug']} has for "
        f"{edition.skills[skill].name} in edition {edition.number}, {known}. "
        f"Name the one you mean, as {{{{ {skill}@{cited['slug']}.mid }}}}."
    )


def _is_claim(passage: Passage, amount: Amount, sentence: tuple[int, int], edition: Edition) -> bool:
    """Whether the words present the amount as what the skill is worth."""
    words = passage.words
    if _is_share(words, amount) or _is_quoted(words, amount) or _CITATION.search(words, amount.end, sentence[1]):
        return False
    before = words[max(sentence[0], amount.start - _NEAR) : amount.start]
    if passage.kind is Kind.HEADING:
        return True
    if passage.kind is Kind.CELL:
        return re.search(_CLAIM, passage.labels, re.IGNORECASE) is not None
    if amount.kind is AmountKind.MONEY and (_PAY_OR_PRICE.search(before) or _FACTOR.match(words, amount.end)):
        return False
    label = _LABELLED.fullmatch(before)
    if label and _is_short_name(label["label"], edition):
        return True
    return bool(_CLAIMED_BEFORE.search(before) or _CLAIMED_AFTER.match(words, amount.end, sentence[1]))


def _is_short_name(label: str, edition: Edition) -> bool:
    """Whether a label is a skill and a word or two more, and not what is likely of it."""
    is_short = len(label.split()) <= MAX_LABEL_WORDS
    return is_short and len(named_skills(label, edition)) == 1 and not _SHARE_NAMED.search(label)


def _is_share(words: str, amount: Amount) -> bool:
    if amount.kind is not AmountKind.PERCENT:
        return False
    before = words[max(0, amount.start - _NEAR) : amount.start]
    return bool(_SHARE_AFTER.match(words, amount.end) or _SHARE_BEFORE.search(before))


def _is_quoted(words: str, amount: Amount) -> bool:
    before = words[: amount.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _of_skill(passage: Passage, amount: Amount, skill: str, edition: Edition) -> str | None:
    """What the edition has against it; None if nothing."""
    if amount.kind is AmountKind.PERCENT:
        but = None if all(says_percent(number, skill, edition) for number in amount.numbers) else ""
    else:
        but = _beyond_any_pay(passage, amount, skill, edition)
    if but is None:
        return None
    written = passage.words[amount.start : amount.end]
    measured = measured_range(skill, edition)
    known = formatting.signed_percent_range(measured[0] / 100, measured[1] / 100) if measured else "nothing"
    named = f"{{{{ {skill}.premium }}}}" if measured else f"{{{{ {skill}.headline }}}}"
    name = edition.skills[skill].name
    return (
        f"“{written}” is not what edition {edition.number} says of {name}: it measures {known}{but}. "
        f"Name the figure, as {named}, or cite the source of yours."
    )


def _beyond_any_pay(passage: Passage, amount: Amount, skill: str, edition: Edition) -> str | None:
    highest = highest_uplift(skill, amount.currency, edition)
    if highest is None or all(
        abs(number.value) - number.margin <= highest
        or says_amount(number, skill, amount.currency, passage.words, edition)
        for number in amount.numbers
    ):
        return None
    return f", at most {formatting.money(amount.currency).rounded(highest)} a year at the highest pay on file"

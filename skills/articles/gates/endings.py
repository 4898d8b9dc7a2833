"""Text that stops in mid-sentence, and brackets, quotations, links and code that nothing closes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.articles.gates.passages import OBJECT, Kind, Passage, Reading
from skills.articles.gates.problem import Problem

_JOINTS = frozenset({"and", "or", "but", "nor", "because", "than", "the", "a", "an", "your", "our", "their", "its"})
_UNFINISHED = _JOINTS | {
    *("although", "while", "whereas", "if", "unless", "that", "which", "who", "whose", "when", "where"),
    *("of", "to", "for", "with", "by", "in", "on", "at", "from", "as", "into", "between", "against", "per", "about"),
    *("over", "under", "without", "through", "during", "this", "these", "those", "my", "his", "her"),
    *("is", "are", "was", "were", "be", "has", "have", "had", "will", "would", "can", "could", "should", "may"),
    *("might", "must"),
}
_MARKS = {",": "a comma", ":": "a colon", ";": "a semicolon", "…": "an ellipsis", "...": "an ellipsis"}
_DASHES = ("-", "–", "—")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]*]*$")
_CLOSING = re.compile(r"(?<![\s\"'”’»)\]*])[\s\"'”’»)\]*]++$")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]++$")
_LIST_STEP = re.compile(r"[,;](?:\s+(?:and|or))?$")
_FEWEST_WORDS = 8
_OPENING, _CLOSED_BY = "([{«", ")]}»"


def cut_off(passage: Passage) -> Iterator[Problem]:
    """Why the passage looks as if something were missing from its end, if it does."""
    ended = _without_citations(passage.words.rstrip())
    if passage.kind is Kind.CELL or not ended or (passage.has_sibling and _LIST_STEP.search(ended)):
        return
    if reason := "" if passage.is_introduction else _reason(passage, ended):
        yield Problem(
            field=passage.field,
            line=passage.line_at(len(ended)),
            message=f"“{_tail(ended)}” {reason}. Finish the sentence.",
        )


def _reason(passage: Passage, ended: str) -> str:
    is_line = passage.kind in (Kind.TITLE, Kind.HEADING)
    for mark, name in _MARKS.items():
        if ended.endswith(mark) and not (mark == ":" and passage.kind is Kind.HEADING):
            what = "with nothing to follow" if mark == ":" else "in mid-sentence"
            return f"ends {what}, with {name}"
    if ended.endswith(_DASHES):
        return "ends in mid-sentence, with a dash"
    word = _LAST_WORD.search(ended)
    if word and word[0] in (_JOINTS if is_line else _UNFINISHED):
        return f"ends in mid-sentence, with “{word[0]}”"
    return "" if is_line or _SENTENCE_END.search(ended) else _without_full_stop(passage, ended)


def _without_full_stop(passage: Passage, ended: str) -> str:
    """A standfirst needs one; so does a paragraph, unless it is short, or ends in a figure, in code or in a mark."""
    if passage.kind is Kind.STANDFIRST:
        return "ends without a full stop"
    is_prose = (
        len(ended.split()) >= _FEWEST_WORDS and not passage.ends_in_link and _CLOSING.sub("", ended)[-1:].isalnum()
    )
    return "ends without a full stop" if passage.kind is Kind.PARAGRAPH and is_prose else ""


def left_open(passage: Passage, following: Passage | None) -> Iterator[Problem]:
    """The first bracket, link, quotation or piece of code in the passage that is not closed in it."""
    if (found := _left_open(passage.words, following)) is not None:
        position, name = found
        words = " ".join(passage.words[position : position + 40].strip('`"“ ').split())
        yield Problem(
            field=passage.field,
            line=passage.line_at(position),
            message=f"{name} begins at “{words}” and has no end. Close it.",
        )


def open_fences(reading: Reading) -> Iterator[Problem]:
    for line in reading.open_fences:
        message = "The code block that begins here has no end. Close it with the same marks on a line of their own."
        yield Problem(field="text", line=line, message=message)


def _left_open(words: str, following: Passage | None) -> tuple[int, str] | None:
    """A closing bracket closes whichever is open: half-open intervals, [0, 1), are fine."""
    opened = list[int]()
    for position, character in enumerate(words):
        if character in _OPENING:
            opened.append(position)
        elif character in _CLOSED_BY and opened:
            opened.pop()
    if opened:
        is_link = words[opened[0] - 1 : opened[0] + 1] == "]("
        return opened[0], "The address of a link" if is_link else "A bracket"
    if "`" in words:
        return words.rindex("`"), "A piece of code"
    return _open_quotation(words, following)


def _open_quotation(words: str, following: Passage | None) -> tuple[int, str] | None:
    """A quotation of several paragraphs is opened in each and closed in the last."""
    if words.count("“") > words.count("”") and not (following and following.words.startswith("“")):
        return words.rindex("“"), "A quotation"
    straight = [found.start() for found in re.finditer(r'(?<![0-9])"', words)]  # 27" is a length
    if words.count('"') % 2 and len(straight) % 2:
        return straight[-1], "A quotation"
    return None


def _without_citations(words: str) -> str:
    """The words without the citations that they end in."""
    while words.endswith("]"):
        before, opening, slug = words[:-1].rpartition("[@")
        if not opening or "]" in slug or "\n" in slug:
            break
        words = before.rstrip()
    return words


def _tail(ended: str) -> str:
    words = ended.replace(OBJECT, "").split()
    return " ".join(("…" if len(words) > 5 else "", *words[-5:])).strip()

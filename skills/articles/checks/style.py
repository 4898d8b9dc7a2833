"""Checks style, as warnings: notes to the writer, incomplete sentences, unclosed brackets, open-ended ranges."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from skills.articles.amounts import Amount, AmountKind, find_amounts, written_with_open_end
from skills.articles.checks.findings import Finding, make_warning, warn_about
from skills.articles.passages import OBJECT, Kind, Passage


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, phrases))})", re.IGNORECASE)


# Notes to writers. A sentence is compared with these lists word by word.

_WRITE = {"write", "draft", "rewrite", "compose", "produce", "generate", "create"}
_COVER = {"cover", "include", "mention", "discuss", "incorporate", "insert", "outline", "highlight", "touch"}
_SHAPE = {"keep", "limit", "make", "aim", "use", "add", "remember", "ensure", "be"}
_POLITE = {"please", "now", "you", "should", "must"}
_TEXTS = {
    *("article", "articles", "blog", "post", "posts", "essay", "listicle", "standfirst", "subheading", "subheadings"),
    *("intro", "introduction", "section", "sections", "paragraph", "paragraphs", "bullet", "bullets", "conclusion"),
    *("headline", "headlines", "copy", "keyword", "keywords", "words", "tone", "jargon", "faq", "cta", "citations"),
    *("mention", "include", "cover", "discuss"),
}
_READERS = {
    *("you", "your", "yours", "cv", "résumé", "resume", "interview", "manager", "employer", "portfolio", "profile"),
}
#: Pairs in which the second word makes the first a noun.
_NOUNS = {("mention", "of"), ("cover", "letter"), ("cover", "letters"), ("cover", "story"), ("cover", "charge")}

_BRIEF = _any_of(
    *("word count", "target keyword", "primary keyword", "secondary keyword", "focus keyword", "seo keyword"),
    *("target audience:", "tone of voice:", "call to action:", "search intent:", "meta description:", "keywords:"),
    *("seo article", "seo-optimized", "seo-optimised", "seo optimized", "seo-friendly", "seo friendly"),
    *("word article", "word blog post", "word post", "word essay"),
    *("you are a technical writer", "you are an expert technical writer", "you are an expert writer"),
    *("you are a copywriter", "you are an expert copywriter", "you are a journalist"),
)
_PLACES = ("in this section", "in this article", "in this paragraph", "in each section", "in every section")
_CHATBOT = _any_of(
    *("as an ai language model", "as an ai model", "as an ai assistant", "as a large language model"),
    *("my knowledge cutoff", "my knowledge cut-off", "my training cutoff", "my training data"),
    *("sure! here", "sure, here", "certainly! here", "certainly, here", "of course! here", "of course, here"),
    *("i hope this article helps", "i hope this draft helps", "i hope this text helps", "here is your article"),
    *("let me know if you would like", "let me know if you'd like", "let me know if you’d like"),
)
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|TKTK)\b|(?i:\blorem ipsum\b)|[$€£₹]\s?X+[Kk]?\b|(?<![\w-])X{1,3}\s?%|\?{3,}"
    r"|(?i:[\[{](?:insert|add|todo|tbd|your|sources?|citation needed|link|image|placeholder|figure|number)\b"
    r"[^\]}\n]{0,200}[\]}])|(?i:\((?:citation needed|source\?|insert [^)\n]{0,200})\))"
)
_WORD = re.compile(r"[^\W_][\w'’-]*+")
_COUNT_OF_WORDS = re.compile(r"\b[0-9][0-9,]{0,9}[\s-]words?\b", re.IGNORECASE)
_IS_BRIEF = "reads like an instruction to a writer."
_SAY_IT = "Tell the reader what the article says."

# Incomplete sentences.

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
_CLOSERS = "\"'”’»)]* \n"
_MIN_WORDS_OF_A_SENTENCE = 8
_OPENING, _CLOSED_BY = "([{«", ")]}»"

# Open-ended ranges.

_PAY = {
    *("pay", "pays", "paid", "salary", "salaries", "wage", "wages", "income", "earn", "earns", "earned", "earnings"),
    *("adds", "added", "raise", "raises", "premium", "uplift", "compensation", "worth"),
}
_CHANCES = {"chance", "chances", "probability", "confidence", "odds", "likelihood", "pairs", "threshold", "rating"}
_MIN_DIGITS_OF_PAY = 4
_OF_OTHERS = re.compile(r"\s*of\s++(?!(?:\w+\s+){0,2}(?:pay|salary|salaries|income|earnings|wages?)\b)", re.IGNORECASE)


def check_style(
    passages: Sequence[Passage], reported: Collection[tuple[str, int | None, str]] = ()
) -> Iterator[Finding]:
    """Return all style findings, without the open-ended ranges already `reported` as (field, line, words)."""
    for passage, following in zip_longest(passages, passages[1:]):
        yield from find_words_for_writers(passage)
        yield from find_cut_sentence(passage)
        is_next = following is not None and following.field == passage.field
        yield from find_unclosed(passage, following if is_next else None)
        for finding in find_open_ranges(passage):
            if (finding.field, finding.line, finding.passage) not in reported:
                yield finding


def find_words_for_writers(passage: Passage) -> Iterator[Finding]:
    """Find the first words in the passage that are not for readers: a placeholder, a chatbot's answer, instructions."""
    words = passage.words
    if found := _PLACEHOLDER.search(words):
        suggestion = "Put in what belongs there, or cut it."
        yield warn_about(passage, found.start(), found[0], "is a placeholder.", suggestion)
        return
    if found := _CHATBOT.search(words):
        start = found.start()
        end = next(end for _, end in passage.sentences() if start < end)
        suggestion = "Write what the reader needs to know."
        yield warn_about(passage, start, words[start:end], "reads like a chatbot’s answer.", suggestion)
        return
    is_lead = passage.kind in (Kind.TITLE, Kind.STANDFIRST)
    for start, end in passage.sentences():
        sentence = words[start:end]
        if _BRIEF.search(sentence) or _is_brief(sentence, is_lead=is_lead):
            yield warn_about(passage, start, sentence, _IS_BRIEF, _SAY_IT)
            return


def find_cut_sentence(passage: Passage) -> Iterator[Finding]:
    """Find a passage that seems to end too early."""
    ended = _without_citations(passage.words.rstrip())
    is_step = passage.has_sibling and ended.endswith((",", ";", ", and", ", or", "; and", "; or"))
    if passage.kind is Kind.CELL or passage.is_introduction or not ended or is_step:
        return
    if reason := _explain_cut(passage, ended):
        yield warn_about(passage, len(ended), _last_words(ended), f"{reason}.", "Finish the sentence.")


def find_unclosed(passage: Passage, following: Passage | None) -> Iterator[Finding]:
    """Find the first bracket, link, quotation or piece of code in the passage that is not closed."""
    if (found := _find_unclosed(passage.words, following)) is not None:
        position, name = found
        begins = " ".join(passage.words[position : position + 40].strip('`"“ ').split())
        message = f"{name} begins at “{begins}” and has no end."
        yield make_warning(passage.field, passage.line_at(position), begins, message, "Close it.")


def find_open_ranges(passage: Passage) -> Iterator[Finding]:
    """Find open-ended amounts of money, pay and percent. Counts, ages and versions may be open-ended."""
    words = passage.words
    amounts = [(found, opened) for found in find_amounts(words) if (opened := written_with_open_end(words, found))]
    if not amounts:
        return
    ends = [end for _, end in passage.sentences()]
    starts, sentences = [0, *ends], dict[int, set[str]]()
    for amount, written in amounts:
        number = min(bisect_right(ends, amount.start), len(ends) - 1)
        if number not in sentences:
            sentences[number] = {*_words_of(words[starts[number] : ends[number]])}
        if _is_of_pay(passage, amount, written, sentences[number]):
            suggestion = (
                "Write both ends and cite the source, or name a figure of the edition, as {{ kubernetes.premium }}."
            )
            yield warn_about(passage, amount.start, written, "is a range without an upper end.", suggestion)


def _is_brief(sentence: str, *, is_lead: bool) -> bool:
    """Return whether a sentence tells a writer what to write. Titles and standfirsts are judged more strictly."""
    words = _words_of(sentence)
    while words and words[0] in _POLITE:
        words = words[1:]
    if not words or tuple(words[:2]) in _NOUNS:
        return False
    first, others = words[0], {*words[1:]}
    begins = f"{first}:" in sentence.casefold()
    if not is_lead:
        has_place = first in _COVER | _SHAPE and any(place in sentence.casefold() for place in _PLACES)
        return has_place or (first in _WRITE and _COUNT_OF_WORDS.search(sentence) is not None)
    if others & _READERS:
        return False
    if first in _WRITE:
        return "about" in words[1:2] or bool(others & _TEXTS)
    return first in _COVER or (begins and first in _TEXTS) or (first in _SHAPE and bool(others & _TEXTS))


def _explain_cut(passage: Passage, ended: str) -> str:
    is_line = passage.kind in (Kind.TITLE, Kind.HEADING)
    for mark, name in _MARKS.items():
        if ended.endswith(mark) and not (mark == ":" and passage.kind is Kind.HEADING):
            return f"ends {'with nothing to follow' if mark == ':' else 'in mid-sentence'}, with {name}"
    if ended.endswith(_DASHES):
        return "ends in mid-sentence, with a dash"
    last = ended.split()[-1]
    if last in (_JOINTS if is_line else _UNFINISHED):
        return f"ends in mid-sentence, with “{last}”"
    return "" if is_line or _is_complete(passage, ended) else "ends without a full stop"


def _is_complete(passage: Passage, ended: str) -> bool:
    """Return whether the end is complete. Standfirsts need a full stop; paragraphs too, with some exceptions."""
    if ended.rstrip(_CLOSERS).endswith((".", "!", "?")):
        return True
    if passage.kind is Kind.STANDFIRST:
        return False
    is_prose = len(ended.split()) >= _MIN_WORDS_OF_A_SENTENCE and not passage.ends_in_link
    return passage.kind is not Kind.PARAGRAPH or not is_prose or not ended.rstrip(_CLOSERS)[-1:].isalnum()


def _find_unclosed(words: str, following: Passage | None) -> tuple[int, str] | None:
    """Find the first unclosed mark. Any closing bracket closes the open one, so that intervals like [0, 1) are fine."""
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
    # A quotation of several paragraphs opens in each and closes in the last.
    goes_on = following is not None and following.words.startswith("“")
    if words.count("“") > words.count("”") and not goes_on:
        return words.rindex("“"), "A quotation"
    return None


def _without_citations(words: str) -> str:
    """Return the text without its final citations."""
    while words.endswith("]"):
        before, opening, slug = words[:-1].rpartition("[@")
        if not opening or "]" in slug or "\n" in slug:
            break
        words = before.rstrip()
    return words


def _last_words(ended: str) -> str:
    words = ended.replace(OBJECT, "").split()
    return " ".join(("…" if len(words) > 5 else "", *words[-5:])).strip()


def _is_of_pay(passage: Passage, amount: Amount, written: str, sentence: set[str]) -> bool:
    if amount.kind is AmountKind.MONEY:
        return True
    end = amount.start + len(written)
    if amount.kind is AmountKind.PERCENT:
        return not (_OF_OTHERS.match(passage.words, end) or sentence & _CHANCES)
    is_large = amount.kind is AmountKind.THOUSANDS or sum(map(str.isdigit, written)) >= _MIN_DIGITS_OF_PAY
    return is_large and bool(sentence & _PAY)


def _words_of(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]

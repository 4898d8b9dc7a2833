"""Words that were meant for a writer, or left by one: a brief, a placeholder, a chatbot's answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.articles.gates.passages import Kind, Passage
from skills.articles.gates.problem import Problem

_TEXTS = r"(?:article|blog(?:\s?post)?|post|essay|listicle|standfirst|subheading|intro(?:duction)?|meta description)s?"
_PARTS = rf"(?:{_TEXTS}|sections?|paragraphs?|bullet(?:s| points?| list)?|headlines?|conclusion|copy)"
# Words that belong together stand near each other; to look for them in the whole passage, from each place where they
# may begin, would take time that grows with the square of its length.
_NEAR = 300
_COUNT = r"[0-9][0-9,]{0,9}"
_WRITE = r"(?:write|draft|rewrite|compose|produce|generate)"
_START = r"(?:^|(?<=[.!?:;]\s)|(?<=\n))(?:please\s+|now\s+|your task is to\s+|you (?:should|must|are to)\s+)?"

_BRIEF = re.compile(
    rf"{_START}(?:{_WRITE}|create)\b[^.!?]{{0,{_NEAR}}}?\b{_COUNT}(?:\s?[-–]\s?{_COUNT})?[\s-]words?\b"
    rf"|\b{_COUNT}-word\s+(?:\w+\s+){{0,2}}{_TEXTS}\b"
    r"|\b(?:word count|(?:target|primary|secondary|focus|seo)\s+(?:keyword|key phrase)s?)\b(?:\s*[:=][^.\n]*)?"
    r"|\b(?:target audience|tone of voice|call to action|cta|keywords|search intent|meta description)\s*:[^.\n]*"
    r"|\bseo[- ](?:optimi[sz]ed|friendly)\b"
    rf"|{_START}(?:mention|include|discuss|cover|explain|describe|add|insert|use|link)\b[^.!?\n]{{0,{_NEAR}}}"
    r"\bin (?:this|the|each|every) (?:section|article|paragraph|introduction|intro|conclusion|standfirst)\b"
    r"|\b(?:you are|act as) an? (?:\w+\s+){0,4}?(?:writer|copywriter|journalist|editor|blogger)\b",
    re.IGNORECASE,
)
_CHATBOT = re.compile(
    r"\bas an? (?:ai|artificial intelligence)(?: language)? (?:model|assistant)\b"
    r"|\bas a (?:large )?language model(?:,| I\b)"
    r"|\bmy (?:knowledge|training)(?: data)? (?:cut-?off|cutoff date)\b"
    r"|^(?:sure|certainly|of course)[!,.]\s+here(?:[’']s| is| are)\b"
    rf"|\bhere(?:[’']s| is) (?:the|an?|your) (?:\w+\s+){{0,3}}?(?:{_TEXTS}|draft|version)"
    r" (?:you|for you|as requested|on|about)\b"
    r"|\bI hope this (?:article|draft|text) (?:helps|meets)\b"
    r"|\blet me know if you(?:[’']d| would) like (?:me to|any|changes)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|TKTK)\b|(?<!\w)(?i:lorem ipsum)\b"
    r"|[$€£₹]\s?X+(?:[.,]X+)*[Kk]?\b|(?<![\w-])X{1,3}(?:[.,]X+)?(?:\s?[-–]\s?X{1,3})?\s?%|\bX{2,3},X{3}\b"
    r"|\?{3,}|\?{2,}\s?%"
    r"|(?i:[\[<{](?:insert|add|todo|tbd|tbc|your|source|sources|citations?|citation needed|link|image|placeholder"
    r"|figure|number|date|statistic|stat|example|xx+)\b[^\]>}\n]{0,200}[\]>}])"
    r"|(?i:\((?:citation needed|source\?|insert [^)\n]{0,200})\))"
)
# Readers are told to do things as well: “Discuss the offer with your manager” is not for a writer.
_TO_WRITERS = re.compile(
    rf"(?:please\s+|now\s+)?(?:{_WRITE}\b(?:\s+\S+){{0,6}}?\s+{_PARTS}\b|(?:write|draft|blog)\s+about\b"
    r"|(?:keep|limit|make|aim)\b[^.!?]*\b[0-9]+\s+words\b|use\b[^.!?]*\b(?:sentences|tone|jargon)\b"
    r"|(?:cover|include|mention|discuss|describe|explain|outline|address|highlight|topics?(?: to cover)?"
    r"|points to cover|length|format|style|tone|audience|keywords?)\s*:"
    r"|mention\b(?!\s+of\b)|cover\b(?!\s+(?:letters?|story|stories|charge)\b)|discuss\b|touch (?:up)?on\b"
    r"|(?:include|add|insert|use|incorporate)\b[^.!?]*\b(?:keywords?|bullet|sub-?headings?|headings?|paragraphs?|tables?"
    r"|examples?|data|statistics|stats|quotes?|links?|sources|citations|faqs?|cta|introduction|intro|conclusion)\b"
    r"|(?:include|incorporate)\b[^.!?]*,"
    r"|(?:make sure|be sure|remember|do not forget|don[’']t forget|ensure)\s+(?:to|that|you)\b[^.!?]*?"
    r"\b(?:mention|include|cover|discuss|cite|talk about|touch on)(?:s|ed)?\b)",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"\b(?:you|your|yours|CV|résumé|resume|interview|manager|employer|portfolio|profile|pay review)\b", re.IGNORECASE
)
_LONGEST_QUOTE = 60


def instruction(passage: Passage) -> Iterator[Problem]:
    """The first words of the passage that no reader should see, if there are any."""
    words = passage.words
    if found := _PLACEHOLDER.search(words):
        yield _problem(passage, found.start(), found[0], "is a placeholder. Put in what belongs there, or cut it.")
    elif found := _CHATBOT.search(words):
        yield _problem(passage, found.start(), found[0], "is a chatbot speaking. Write what the reader needs to know.")
    elif (brief := _brief(passage)) is not None:
        advice = "reads like an instruction to a writer. Tell the reader what the article says."
        yield _problem(passage, brief[0], words[brief[0] : brief[1]], advice)


def _brief(passage: Passage) -> tuple[int, int] | None:
    if found := _BRIEF.search(passage.words):
        return found.start(), next(end for _, end in passage.sentences() if found.start() < end)
    if passage.kind not in (Kind.TITLE, Kind.STANDFIRST):
        return None
    for start, end in passage.sentences():
        found = _TO_WRITERS.match(passage.words, start, end)
        if found and not _TO_READERS.search(passage.words, start, end):
            return start, end
    return None


def _problem(passage: Passage, start: int, quoted: str, advice: str) -> Problem:
    quoted = " ".join(quoted.split())
    if len(quoted) > _LONGEST_QUOTE:
        quoted = quoted[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
    return Problem(field=passage.field, line=passage.line_at(start), message=f"“{quoted}” {advice}")

"""The best order to learn the chosen skills, in words."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.words.speaker import Speaker
from earnverdict import figures


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step: the skill, when its study is done, and what all learned so far is worth a year."""

    name: str
    done: str
    uplift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathWords:
    """The path's steps and what they come to; `lead` alone says it when there is no path."""

    title: str
    lead: str
    steps: tuple[StepWords, ...]
    worst: str
    left_out: str


def path_words(speaker: Speaker) -> PathWords:
    path, money = speaker.verdict.path, speaker.money
    if speaker.verdict.market is None or not path.steps:
        return PathWords(title="The order", lead=_no_path(speaker), steps=(), worst="", left_out="")
    steps = tuple(
        StepWords(
            name=speaker.skill(step.slug),
            done=figures.month(step.done_month),
            uplift=money.signed(step.annual_uplift),
        )
        for step in path.steps
    )
    odds = speaker.profile.odds_percent
    is_one = len(steps) == 1
    lead = (
        f"{'It brings' if is_one else 'In this order they bring'} in {money.signed(path.net_gain)} within "
        f"{speaker.horizon()}, after exam costs and with {odds}% odds that {'it' if is_one else 'each'} turns into pay."
    )
    title = f"Learning {steps[0].name}" if is_one else "Learn them all, in this order"
    return PathWords(title=title, lead=lead, steps=steps, worst=_worst(speaker), left_out=_left_out(speaker))


def _no_path(speaker: Speaker) -> str:
    if speaker.verdict.market is None:
        return "Without pay figures for the place, no order can be said to be better than another."
    return f"Within {speaker.horizon()} no order of these skills is expected to bring in more than it costs."


def _worst(speaker: Speaker) -> str:
    best, worst = speaker.verdict.path, speaker.verdict.worst_path
    if [step.slug for step in best.steps] == [step.slug for step in worst.steps]:
        return ""
    first = speaker.skill(worst.steps[0].slug)
    return f"The worst order, starting with {first}, would bring in {speaker.money.signed(worst.net_gain)}."


def _left_out(speaker: Speaker) -> str:
    left_out = speaker.verdict.path.left_out
    if not left_out:
        return ""
    verb = "is" if len(left_out) == 1 else "are"
    return f"{speaker.skills(left_out)} {verb} left out: within {speaker.horizon()} that would not add to the total."

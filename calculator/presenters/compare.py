"""Two verdicts side by side: first the difference in a sentence, then both on one scale, then figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.text import capfirst

from calculator.charts.compared import ComparedChart, draw_compared_chart, put_on_one_scale
from calculator.engine import assess
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Rating
from calculator.presenters.compare_figures import Pair, compare_answers, compare_results, compare_skills, compare_ways
from calculator.presenters.compare_sides import ComparedSide, name_sides, same_first_skill
from calculator.presenters.exchange import Exchange, find_exchange
from calculator.presenters.headline import close_skills, describe_recommendation, present_headline
from calculator.presenters.share import leave_out_pay
from calculator.presenters.updates import date_of
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import write_comparison
from earnverdict import formatting
from earnverdict.formatting import two_digits
from earnverdict.paths import path_of
from skills.places.names import name_in_text
from skills.presenters.ratings import rating_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in three parts, of which `marked` is the figure that matters ("" for none)."""

    before: str
    marked: str = ""
    after: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.before, self.marked, self.after) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything the page prints of a comparison.

    `title` and `description` are those of the link without salaries, for they are shown with it. `rating` is the name
    of a rating that both have, for its picture ("" for two ratings). `share`, `shared_query` and `image` have no
    salary, and are empty where nothing differs without it.
    """

    title: str
    description: str
    rating: str
    rating_label: str
    difference: Sentence
    lead: str
    notes: tuple[str, ...]
    edition_note: str
    chart: ComparedChart | None
    share_title: str
    share: str
    shared_query: str
    image: str
    sides: tuple[ComparedSide, ComparedSide]
    results: tuple[Pair, ...]
    answers: tuple[Pair, ...]
    horizons: str
    skills: tuple[Pair, ...]
    ways: tuple[Pair, ...]


def present_comparison(a: VerdictPresenter, b: VerdictPresenter) -> Comparison:
    one, other = name_sides(a, b)
    shared = name_sides(_leave_out_pay(a), _leave_out_pay(b))
    exchange = find_exchange(one, other)
    has_salary = any(not isinstance(side.profile.pay, PayLevel) for side in (a, b))
    difference, lead = describe_difference(one, other, exchange), describe_rest(one, other)
    rating, rating_label = rate_both(one, other)
    scaled = put_on_one_scale(one, other, exchange)
    is_lost = has_salary and _is_same(*shared)
    shared_query = "" if is_lost else write_comparison(*(side.presenter.query for side in shared))
    title = f"Two salaries in {_place_in_text(one)}" if is_lost else describe_sides(*shared)
    return Comparison(
        title=title,
        description=formatting.plain_text(f"{title}." if has_salary else f"{difference}. {lead}"),
        rating=rating,
        rating_label=rating_label,
        difference=difference,
        lead=lead,
        notes=tuple(_write_notes(one, other)),
        edition_note=_edition_note(one, other),
        chart=draw_compared_chart(scaled) if scaled else None,
        share_title=_title_share(has_salary=has_salary, is_lost=is_lost),
        share="" if is_lost else f"{path_of('calculator:compare')}?{shared_query}",
        shared_query=shared_query,
        image="" if is_lost else f"{path_of('calculator:compare_image')}?{shared_query}",
        sides=(one, other),
        results=tuple(compare_results(one, other, exchange)),
        answers=tuple(compare_answers(one, other)),
        horizons=_describe_horizons(one, other),
        skills=tuple(compare_skills(one, other)),
        ways=tuple(compare_ways(one, other)),
    )


def _leave_out_pay(presenter: VerdictPresenter) -> VerdictPresenter:
    """The verdict for the pay level nearest to its salary, which others see in its place."""
    if isinstance(presenter.profile.pay, PayLevel):
        return presenter
    profile = leave_out_pay(presenter.profile, presenter.verdict.market)
    return replace(presenter, verdict=assess(profile, presenter.published.edition))


def _title_share(*, has_salary: bool, is_lost: bool) -> str:
    if is_lost:
        return "There is no link or picture to share: without the pay, both sides would be the same."
    return "Share it without the pay, each for the nearest of five pay levels:" if has_salary else "Share it:"


def _describe_horizons(one: ComparedSide, other: ComparedSide) -> str:
    """Say over how many years each side's skills pay: 3 years, 3 and 5 years."""
    years = [str(side.presenter.profile.horizon_years) for side in (one, other)]
    both = other.presenter.horizon()
    return both if years[0] == years[1] else f"{years[0]} and {both}"


def _place_in_text(side: ComparedSide) -> str:
    return name_in_text(side.presenter.published.edition.places[side.presenter.profile.location])


def describe_sides(one: ComparedSide, other: ComparedSide) -> str:
    """Say what is compared; sides that are named by salaries are named by these amounts."""
    if _is_same(one, other):
        return f"The same verdict twice: {present_headline(one.presenter).title}"
    if same := same_first_skill(one, other):
        return f"{same} {one.phrase} and {other.phrase}"
    return _describe_different_answers(one, other)


def _is_same(one: ComparedSide, other: ComparedSide) -> bool:
    return one.presenter.query == other.presenter.query


def describe_difference(one: ComparedSide, other: ComparedSide, exchange: Exchange | None) -> Sentence:
    """Say how much more the same skill brings on one side, or that the answers differ."""
    same = same_first_skill(one, other)
    if not same or _is_same(one, other):
        return Sentence(before=describe_sides(one, other))
    before = f"{same} goes with"
    if one.money != other.money and exchange is None:
        shares = [formatting.more_or_less(side.share_of_pay) for side in (one, other)]
        after = f"{one.phrase}, {shares[1]} {other.phrase}"
        return Sentence(before=before, marked=f"{shares[0]} pay", after=after)
    # The difference of the amounts that the page prints, so that a reader finds it again.
    in_other = other.extra_pay.expected * (exchange.rate if exchange else 1.0)
    more = two_digits(one.extra_pay.expected) - two_digits(in_other)
    if not more:
        return Sentence(before=before, marked="about the same extra pay", after=f"{one.phrase} and {other.phrase}")
    better, worse = (one, other) if more > 0 else (other, one)
    marked = f"{one.money.write(abs(more))} a year more"
    return Sentence(before=before, marked=marked, after=f"{better.phrase} than {worse.phrase}")


def _describe_different_answers(one: ComparedSide, other: ComparedSide) -> str:
    """Say what each side should learn first, as far as it should."""
    advice = [describe_recommendation(side.presenter) for side in (one, other) if side.first]
    if not advice:
        return "No skill to learn first in either"
    if len(advice) > 1:
        learn, second = f"l{advice[0][1:]}", advice[1].removeprefix("Learn ")
        if learn.endswith(" first"):
            second = second.removesuffix(" first")
        return f"{capfirst(one.phrase)} {learn}, {other.phrase} {second}"
    with_first, without = (one, other) if one.first else (other, one)
    instead = "stay put" if without.verdict.rating is Rating.STAY_PUT else "too little is known"
    return f"{advice[0]} {with_first.phrase}; {instead} {without.phrase}"


def describe_rest(one: ComparedSide, other: ComparedSide) -> str:
    """Say what comes close, what different skills bring, or why a side has none."""
    if _is_same(one, other):
        return "Change the place or the pay of one below."
    if same_first_skill(one, other):
        rank = "first " if min(len(side.verdict.considered) for side in (one, other)) > 1 else ""
        close = [slug for slug in close_skills(one.presenter) if slug in close_skills(other.presenter)]
        behind = f"; {one.presenter.listed(close)} {'is' if len(close) == 1 else 'are'} close behind" if close else ""
        return f"Learn it {rank}in both{behind}."
    if one.first and other.first:
        amounts = [f"{_write_range(side)} a year {side.phrase}" for side in (one, other)]
        return f"Expect {amounts[0]} and {amounts[1]}, once an employer pays for it."
    without = [side for side in (one, other) if not side.first]
    return " ".join(f"{side.name}: {present_headline(side.presenter).title}." for side in without)


def _write_range(side: ComparedSide) -> str:
    return side.presenter.write_amounts(side.extra_pay).span


def rate_both(one: ComparedSide, other: ComparedSide) -> tuple[str, str]:
    """Give the name of the rating that both have ("" for two) and what the page calls it."""
    ratings = [rating_text(side.verdict) for side in (one, other)]
    if ratings[0] == ratings[1]:
        return ratings[0].name, f"{ratings[0].label} in both"
    label = ratings[1].label
    return "", f"{ratings[0].label} {one.phrase}, {label[0].lower()}{label[1:]} {other.phrase}"


def _write_notes(one: ComparedSide, other: ComparedSide) -> Iterator[str]:
    """Say where both are, what the extra pay is as a share of pay, and whose pay is used."""
    places = [_place_in_text(side) for side in (one, other)]
    if one.presenter.profile.location == other.presenter.profile.location:
        yield f"Both are paid in {places[0]}."
    if same_first_skill(one, other) and one.money != other.money:
        shares = [formatting.more_or_less(side.share_of_pay) for side in (one, other)]
        where = "in both" if shares[0] == shares[1] else f"{one.phrase} and {shares[1]} {other.phrase}"
        yield f"It goes with {shares[0]} pay {where}."
    if any(isinstance(side.presenter.profile.pay, PayLevel) and side.verdict.market for side in (one, other)):
        yield "Pay with “about” is the nearest of five pay levels."
    used = {}
    for side, place in zip((one, other), places, strict=True):
        market = side.verdict.market
        if market and market.answered_by.slug != market.location:
            used[place] = name_in_text(market.answered_by)
    for place_name, country in used.items():
        yield f"We have no pay figures for {place_name}, so we used {formatting.possessive(country)}."


def _edition_note(one: ComparedSide, other: ComparedSide) -> str:
    if one.presenter.published.number == other.presenter.published.number:
        return ""
    figures = [
        f"{side.name} has edition {side.presenter.published.number} of {date_of(side.presenter.published)}"
        for side in (one, other)
    ]
    return f"{figures[0]}, {figures[1]}: part of any difference may come from that."

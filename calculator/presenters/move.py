"""What a move to a second place brings: pay there, prices there, and what that pay would buy."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.engine.edition import Place, Way
from calculator.engine.profile import PayLevel
from calculator.engine.ways import TO_OTHER_COUNTRY, WITHIN_COUNTRY, Move, Prices
from calculator.presenters.answers import describe_pay_of_town
from calculator.presenters.verdict import VerdictPresenter
from earnverdict import formatting
from skills.places.names import name_in_text

#: A smaller change in what pay buys is within what prices and the mover's part of the gap can be wrong by.
_NO_CHANGE = 0.03
#: Of a smaller gap in pay no part is said: it is within what our figures can be wrong by.
_NO_GAP = 0.03
#: From here on a figure is so many times another, and no longer so many per cent more.
_TIMES = 2.0


def is_asked(presenter: VerdictPresenter, way: Way) -> bool:
    """Whether a move to the second place is of this way: within the country or to another one."""
    places, to = presenter.published.edition.places, presenter.ways.to
    if not to:
        return False
    is_within = places[to].country == places[presenter.profile.location].country
    return way.slug == (WITHIN_COUNTRY if is_within else TO_OTHER_COUNTRY)


def describe_result(presenter: VerdictPresenter) -> str:
    """What the move brings in short: the change of pay, and what counts more, whether it buys more or less."""
    move = presenter.move
    if move is None or move.annual is None:
        return "not known"
    change = "more" if move.annual >= 0 else "less"
    result = f"{presenter.money.rounded(abs(move.annual))} a year {change}"
    if move.buys is None:
        return f"{result}, before prices"
    if abs(move.buys - 1) < _NO_CHANGE:
        return f"{result}, but buys about as much"
    buys = "more" if move.buys > 1 else "less"
    return f"{result}; it buys {buys}" if buys == change else f"{result}, but buys {buys}"


def describe_move(presenter: VerdictPresenter, way: Way) -> Iterator[str]:
    places, answers, move = presenter.published.edition.places, presenter.ways, presenter.move
    here = places[presenter.profile.location]
    if not is_asked(presenter, way):
        if way.expected is not None:
            part = formatting.fraction(way.expected)
            yield f"A mover sees about {part} of a small gap in pay, and less of a large one, before prices."
            if way.note:
                yield way.note
        if not answers.to:
            yield "Name a second place below."
        return
    to = places[answers.to]
    there = answers.to_town or name_in_text(to)
    if move is None:
        yield f"We cannot compare pay in {there} with yours: we have no figures."
        return
    if answers.to_town:
        yield describe_pay_of_town(answers.to_town, move.there.answered_by)
    yield from _describe_pay(presenter, move, here, to, there)
    yield from _describe_prices(presenter, move, here, to)


def _describe_pay(presenter: VerdictPresenter, move: Move, here: Place, to: Place, there: str) -> Iterator[str]:
    """The middle of pay in the second place, in the money of the first, how it compares, and what is not known.

    `there` is what the second place is called.
    """
    market = presenter.verdict.market
    assert market is not None  # noqa: S101 - a move has one
    paid_here, paid_there = market.answered_by, move.there.answered_by
    ours = presenter.profile.town or name_in_text(here)
    if paid_here.slug == paid_there.slug:
        both = "both" if there == ours else f"{there} and {ours}"
        yield f"We have the same pay figures for {both}, so the gap is not known."
        return
    rate = "" if to.currency == here.currency else ", at our exchange rate"
    middle = presenter.money.rounded(move.gap * market.levels[PayLevel.P50])
    yield f"Half of the developers in {_name_measured(paid_there, to)} earn over {middle} a year{rate}:"
    yield f"{_describe_gap(move.gap)} in {_name_measured(paid_here, here)}."
    if move.annual is not None and abs(move.gap - 1) >= _NO_GAP:
        seen = move.annual / market.annual_salary / (move.gap - 1)
        yield f"A mover sees about {formatting.whole_percent(seen)} of this gap, before prices."
        if move.way.note:
            yield move.way.note
    if move.annual is None:
        is_around = paid_here in presenter.published.edition.ancestry(paid_there.slug)
        town, around, part = (ours, paid_here, paid_there) if is_around else (there, paid_there, paid_here)
        yield f"We have no figure for {town}, and that of {name_in_text(around)} has"
        yield f"{name_in_text(part)} in it: what this move brings is not known."


def _describe_gap(gap: float) -> str:
    share = round(abs(gap - 1) * 100)
    if gap >= _TIMES:
        return f"{formatting.group(round(gap, 1))} times as much as"
    return f"{share}% {'more' if gap > 1 else 'less'} than" if share else "about as much as"


def _describe_prices(presenter: VerdictPresenter, move: Move, here: Place, to: Place) -> Iterator[str]:
    """Say whose prices differ by how much, and what the pay after the move buys, where that can be said."""
    prices = move.prices
    if prices is None:
        yield "Rents and prices are not counted: we have no figure."
        return
    there, ours = _name_measured(prices.there, to), _name_measured(prices.here, here)
    cited = _cite(presenter, prices)
    yield f"Prices in {there}, rents among them, are {_compare_prices(prices.multiple)} in {ours} ({cited})."
    if to.country != here.country:
        yield "A country’s prices are those of its whole economy, not of a household’s shopping alone."
    if move.buys is not None:
        yield from _describe_what_it_buys(presenter, move.buys)
        if (prices.there.slug, prices.here.slug) != (to.slug, here.slug):
            yield "These are averages: a town may differ."
    elif move.annual is not None:
        yield _say_why_it_is_not_counted(presenter, move, prices)


def _name_measured(measured: Place, place: Place) -> str:
    """The place that a figure is of: Poland as a whole, for a town without a figure of its own."""
    return name_in_text(measured) if measured.slug == place.slug else f"{name_in_text(measured)} as a whole"


def _compare_prices(multiple: float) -> str:
    share = round(abs(multiple - 1) * 100)
    if not share:
        return "about the same as"
    if multiple >= _TIMES:
        return f"about {formatting.group(round(multiple, 1))} times those"
    return f"about {share}% {'higher' if multiple > 1 else 'lower'} than"


def _cite(presenter: VerdictPresenter, prices: Prices) -> str:
    """The publishers of both levels, each with its year."""
    sources = presenter.published.edition.sources
    found = (sources[place.price_source] for place in (prices.there, prices.here))
    return "; ".join(dict.fromkeys(f"{source.publisher}, {source.published[:4]}" for source in found))


def _describe_what_it_buys(presenter: VerdictPresenter, buys: float) -> Iterator[str]:
    """Say whether the move leaves more or less than today, in money at prices here."""
    market = presenter.verdict.market
    assert market is not None  # noqa: S101 - a move has one
    if abs(buys - 1) < _NO_CHANGE:
        yield "At prices there, pay after the move buys about as much as today’s pay buys here:"
        yield "an estimate, before tax."
        return
    change, word = abs(buys - 1), "more" if buys > 1 else "less"
    amount = presenter.money.rounded(market.annual_salary * change)
    yield f"At prices there, pay after the move buys about {round(change * 100)}% {word} than today’s pay buys here,"
    yield f"like {amount} a year {word} at prices here: an estimate, before tax."


def _say_why_it_is_not_counted(presenter: VerdictPresenter, move: Move, prices: Prices) -> str:
    """Name the place whose pay is known and whose prices are another's (of two, the second), or say what else."""
    if prices.are_too_different:
        return "With prices so different it depends on what you buy: we do not say what that pay would buy."
    market = presenter.verdict.market
    assert market is not None  # noqa: S101 - a move has one
    pairs = ((move.there.answered_by, prices.there), (market.answered_by, prices.here))
    paid, priced = next(pair for pair in pairs if pair[0].slug != pair[1].slug)
    return (
        f"The pay is that of {name_in_text(paid)}, the prices are those of {name_in_text(priced)}: "
        "we do not say what that pay would buy."
    )

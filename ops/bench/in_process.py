"""Section 1: the cost of a response in this process, from the environ to the last compressed byte."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from calculator.engine import assess, flips
from calculator.engine.edition import Edition
from calculator.engine.profile import PayLevel, Profile
from ops.bench import addresses
from ops.bench.calls import ask, environ_of, repeat_request, repeat_uncached, request_in_turn
from ops.bench.rounds import Side, compare, repeat
from ops.bench.tables import Budget, Table, duration, times

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from skills.places.search import PlaceIndex

AGAIN = Budget(most=0.5)
PAGE = Budget(most=1)
PLACES = Budget(most=5, sign=" ms")
#: Cases and budgets of a first verdict behind the server.
FIRST: Mapping[str, tuple[Callable[[float], Profile], Budget]] = {
    "4 skills": (partial(addresses.everyday, 4), Budget(most=20)),
    "all skills": (addresses.everyday_of_all, Budget(most=25)),
}
ENGINE = {4: Budget(most=1, sign=" ms"), 10: Budget(most=3, sign=" ms")}
ENGINE_OF_ALL = Budget(most=5, sign=" ms")
FLIPS_OF_ALL = Budget(most=60, sign=" ms")
CARD = Budget(most=100, sign=" ms")
DEAREST = Budget(most=60, sign=" ms")
REFUSED = Budget(most=5, sign=" ms")
HEADS = ("", "CPU", "× hello", "budget")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of a table: the call, and its budget."""

    name: str
    call: Callable[[], object]
    budget: Budget | None = None


def quiet_application() -> WSGIApplication:
    """Return the site's application, loaded, with its log discarded."""
    with redirect_stderr(Path(os.devnull).open("w", buffering=1)):
        from earnverdict.wsgi import application
    return application


def tables(application: WSGIApplication, searches: Mapping[str, str]) -> Iterator[Table]:
    """Measure all tables. `searches` are search texts for places, by their difficulty."""
    from ops.bench import hello
    from skills.editions.site_state import site_state

    published = site_state.edition()
    number, edition = published.number, published.edition
    baseline = repeat(repeat_request(hello.application, hello.ADDRESS))
    yield _measure_cases("Pages", baseline, pages(application, number, edition))
    search_pages = [
        Case(
            name=f"location search, {name}",
            call=repeat_uncached(application, addresses.place_search(typed)),
            budget=PLACES,
        )
        for name, typed in searches.items()
    ]
    yield _measure_cases("Location search: the response to a search text, not cached", baseline, search_pages)
    yield _measure_cases(
        "The engine and the place search alone",
        baseline,
        [*engine(edition), *places(published.places, searches)],
    )
    yield _measure_cases("The most expensive requests", baseline, most_expensive(application, number, edition))


def pages(application: WSGIApplication, number: int, edition: Edition) -> Iterator[Case]:
    """Yield common pages."""
    from ops.bench import hello

    yield Case(name="bare Django hello", call=repeat_request(hello.application, hello.ADDRESS))
    for skills, (profile_of, _) in FIRST.items():
        yield Case(
            name=f"first verdict, {skills}",
            call=request_in_turn(application, addresses.uncached_verdicts(profile_of, number)),
        )
    verdict = addresses.verdict_at(addresses.everyday(4), number)
    tag = ask(application, environ_of(verdict)).headers["etag"]
    yield Case(name="same verdict again", call=repeat_request(application, verdict), budget=AGAIN)
    yield Case(
        name="same verdict, not modified (304)",
        call=repeat_request(application, verdict, status=304, headers={"If-None-Match": tag}),
        budget=AGAIN,
    )
    for name, address in everyday_pages().items():
        yield Case(name=name, call=repeat_request(application, address), budget=PAGE)
        yield Case(name=f"{name}, not cached", call=repeat_uncached(application, address))


def everyday_pages() -> Mapping[str, str]:
    """Return one page of each kind, with the longest article."""
    from skills.editions.site_state import site_state

    longest = max(site_state.site().articles, key=lambda article: (len(article.text), article.slug))
    return {
        "home": "/",
        "skill": "/skills/kubernetes/",
        "article": f"/articles/{longest.slug}/",
        "all skills": "/skills/",
    }


def engine(edition: Edition) -> Iterator[Case]:
    """Yield the engine's verdict for several numbers of skills and for all, and its flips."""
    for skills in (1, 4, 8, 10):
        profile = addresses.everyday(skills)
        yield Case(name=f"engine, {skills} chosen", call=partial(assess, profile, edition), budget=ENGINE.get(skills))
    profile = addresses.everyday_of_all()
    yield Case(name="engine, all skills", call=partial(assess, profile, edition), budget=ENGINE_OF_ALL)
    yield Case(name="flips, all skills", call=partial(flips, profile, edition), budget=FLIPS_OF_ALL)


def places(index: PlaceIndex, searches: Mapping[str, str]) -> Iterator[Case]:
    """Yield the suggestions for partly typed places."""
    for name, typed in searches.items():
        yield Case(name=f"place search, {name}", call=partial(index.suggest, typed), budget=PLACES)


def most_expensive(application: WSGIApplication, number: int, edition: Edition) -> Iterator[Case]:
    """Yield a share image, the largest response, and refused requests."""
    shared = replace(addresses.everyday(4), pay=PayLevel.P25)
    card = addresses.verdict_at(shared, number).replace("/verdict/", "/verdict/card.png")
    yield Case(name="share image, not cached", call=repeat_uncached(application, card), budget=CARD)
    yield Case(
        name="most expensive valid verdict",
        call=request_in_turn(
            application, addresses.uncached_verdicts(partial(addresses.most_expensive, edition), number)
        ),
        budget=DEAREST,
    )
    for refused in addresses.refused_addresses(number):
        yield Case(
            name=f"refused: {refused.what} ({refused.status})",
            call=repeat_request(application, refused.address, status=refused.status),
            budget=REFUSED,
        )


def _measure_cases(title: str, baseline: Side, cases: Iterable[Case]) -> Table:
    rows = []
    for case in cases:
        measured = compare(baseline, repeat(case.call))
        budget = case.budget
        figure = measured.seconds * 1000 if budget and budget.sign == " ms" else measured.ratio
        judged = budget.judge(figure) if budget else ""
        rows.append([case.name, duration(measured.seconds), times(measured.ratio), judged])
    return Table(title=title, heads=HEADS, rows=rows)

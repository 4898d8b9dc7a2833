"""Section 2: the cost of a response in a worker of the production server, and its rate."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat

from ops.bench import addresses, server
from ops.bench.calls import check
from ops.bench.in_process import AGAIN, FIRST, HEADS, PAGE, everyday_pages
from ops.bench.rounds import Side, compare
from ops.bench.server import Client, Server, request_for
from ops.bench.tables import Budget, Table, duration, times

ROUNDS = 5
SECONDS_A_ROUND = 0.25
CONNECTIONS = 8
SECONDS_OF_RATE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the table: an endless series of requests, and the status of each response."""

    name: str
    requests: Iterable[bytes]
    status: int = 200
    budget: Budget | None = None


def tables() -> Iterator[Table]:
    from ops.bench.hello import ADDRESS

    hello_case = Case(name="bare Django hello", requests=repeat(request_for(ADDRESS)))
    alone_case = Case(name="the server alone, without Django", requests=repeat(request_for(ADDRESS)))
    with ExitStack() as stack:
        hello = stack.enter_context(server.other("ops.bench.hello:application"))
        alone = stack.enter_context(server.other("ops.bench.hello:server_alone"))
        site = stack.enter_context(server.site())
        baseline = _side(hello, hello_case)
        rows = [
            _row(hello_case, baseline, baseline),
            _row(alone_case, baseline, _side(alone, alone_case)),
        ]
        rows.extend(_row(case, baseline, _side(site, case)) for case in cases(site))
        yield Table(title="CPU a request of one worker", heads=HEADS, rows=rows)
        verdict = request_for(addresses.verdict_at(addresses.everyday(4), _edition()))
        rates = {
            "bare Django hello": _rate(hello, next(iter(hello_case.requests))),
            "same verdict again": _rate(site, verdict),
        }
    yield Table(
        title=f"Responses a second of one worker, {CONNECTIONS} keep-alive connections",
        heads=("", "responses/s"),
        rows=[[name, f"{rate:,.0f}"] for name, rate in rates.items()],
    )


def cases(site: Server) -> Iterator[Case]:
    number = _edition()
    for skills, (profile_of, budget) in FIRST.items():
        new = addresses.uncached_verdicts(profile_of, number)
        yield Case(name=f"first verdict, {skills}", requests=map(request_for, new), budget=budget)
    verdict = addresses.verdict_at(addresses.everyday(4), number)
    with Client(site.port) as client:
        tag = client.ask(request_for(verdict)).headers["etag"]
    yield Case(name="same verdict again", requests=repeat(request_for(verdict)), budget=AGAIN)
    yield Case(
        name="same verdict, not modified (304)",
        requests=repeat(request_for(verdict, {"If-None-Match": tag})),
        status=304,
        budget=AGAIN,
    )
    for name, address in everyday_pages().items():
        yield Case(name=name, requests=repeat(request_for(address)), budget=PAGE)


def _row(case: Case, baseline: Side, side: Side) -> list[str]:
    measured = compare(baseline, side, rounds=ROUNDS, seconds=SECONDS_A_ROUND)
    judged = case.budget.judge(measured.ratio) if case.budget else ""
    return [case.name, duration(measured.seconds), times(measured.ratio), judged]


def _side(asked: Server, case: Case) -> Side:
    """Open a connection for each round, because the server closes it while the other side is measured."""
    requests = iter(case.requests)

    def run(calls: int) -> None:
        with Client(asked.port) as client:
            for _ in range(calls):
                check(client.ask(next(requests)), case.status, case.name)

    return Side(run=run, clock=asked.cpu_seconds)


def _rate(asked: Server, request: bytes) -> float:
    """Return responses a second to several browsers at once; the client takes a core of its own."""
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(asked.port)) for _ in range(CONNECTIONS)]
        answers, begin = 0, time.perf_counter()
        for client in clients:
            client.send(request)
        while (took := time.perf_counter() - begin) < SECONDS_OF_RATE:
            for client in clients:
                check(client.read(), 200, "the same page")
                client.send(request)
            answers += CONNECTIONS
        for client in clients:
            client.read()
    return answers / took


def _edition() -> int:
    from skills.editions.site_state import site_state

    return site_state.edition().number

"""Section 3: a worker's memory, and whether it grows with requests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from ops.bench import addresses, server
from ops.bench.calls import check
from ops.bench.in_process import everyday_pages
from ops.bench.server import Client, request_for
from ops.bench.tables import Budget, Table

#: Requests after which the page cache is full; growth is measured from here.
UNTIL_FULL = 2_000
REQUESTS = 100_000
ADDRESSES = 20_000
MOST = Budget(most=110, sign=" MB")
GROWTH = Budget(most=5, sign=" %")


def tables() -> Iterator[Table]:
    from skills.editions.site_state import site_state

    published = site_state.edition()
    asked = addresses.visitors(published.edition, published.number, addresses=ADDRESSES, requests=REQUESTS)
    with server.site() as site, Client(site.port) as client:
        for address in everyday_pages().values():
            check(client.ask(request_for(address)), 200, address)
        sizes = {"after its start and one page of each kind": site.resident_bytes()}
        begin = time.perf_counter()
        _ask(client, islice(asked, UNTIL_FULL))
        full = sizes[f"after {UNTIL_FULL:,} requests, with a full page cache"] = site.resident_bytes()
        _ask(client, asked)
        last = sizes[f"after {REQUESTS:,} requests to {ADDRESSES:,} addresses"] = site.resident_bytes()
        took = time.perf_counter() - begin
    rows = [[name, f"{size / 2**20:.1f} MB", MOST.judge(size / 2**20)] for name, size in sizes.items()]
    growth = (last / full - 1) * 100
    rows.append(["growth, measured from a full page cache", f"{growth:+.1f} %", GROWTH.judge(growth)])
    yield Table(
        title="Resident memory of one worker",
        heads=("", "memory", "budget"),
        rows=rows,
        note=f"{REQUESTS / took:,.0f} answers a second, most of them first verdicts.",
    )


def _ask(client: Client, asked: Iterator[str]) -> None:
    for address in asked:
        check(client.ask(request_for(address)), 200, address)

"""Simulates readers of a site: keep-alive connections, mixed addresses, and a count of failures.

A request fails if its response is not 2xx or 3xx, ends before its Content-Length or takes longer than `PATIENCE`, or if
the connection cannot be opened or breaks. There is one exception, as in every browser and proxy: if the server closes a
keep-alive connection before the first byte of a response, the request is sent once more on a new one. It fails if that
fails too. Repeated requests are counted separately.
"""

from __future__ import annotations

import http.client
import itertools
import random
import ssl
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.calculator.states import FOUR, STATES

#: Seconds a reader waits for a response.
PATIENCE = 20.0
PAGES = (
    *(
        "/",
        "/skills/",
        "/skills/kafka/",
        "/skills/python/",
        "/skills.json",
        "/skills.csv",
        "/methodology/",
        "/sources/",
    ),
    *("/articles/", "/articles/best-backend-skills-2026/", "/changes/", "/sitemap.xml", "/robots.txt", "/privacy/"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The address that clients connect to: the site itself, or nginx in front of it if there is a `certificate`.

    The drills look for faults, not for the highest rate: each reader pauses between two requests, long enough to stay
    within nginx's limit of 20 requests a second for an address.
    """

    port: int
    certificate: str = ""

    @property
    def readers(self) -> int:
        return 24 if self.certificate else 6

    @property
    def pause(self) -> float:
        return 0.06 if self.certificate else 0.01

    @property
    def root(self) -> str:
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def referer(self) -> str:
        """The Referer of a form. nginx passes the host to the site without its port."""
        return "https://127.0.0.1/" if self.certificate else self.root

    def browser(self) -> urllib.request.OpenerDirector:
        """Return an opener that keeps cookies and follows redirects."""
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor()]
        if self.certificate:
            context = ssl.create_default_context(cafile=self.certificate)
            handlers.append(urllib.request.HTTPSHandler(context=context))
        return urllib.request.build_opener(*handlers)

    def connect(self, client: int) -> http.client.HTTPConnection:
        """Connect from the client's own address, by which nginx distinguishes clients."""
        if not self.certificate:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        context = ssl.create_default_context(cafile=self.certificate)
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, context=context, source_address=(address_of(client), 0)
        )


def address_of(client: int) -> str:
    """Return one of the many addresses of the loopback interface."""
    return f"127.0.{client // 250 + 1}.{client % 250 + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The response to one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def process(self) -> str:
        """The process that answered, from the first part of the request's id."""
        return self.headers.get("x-request-id", "").partition("-")[0]


@dataclass(slots=True, kw_only=True)
class Count:
    """The counts of all readers; `gap` and `slowest` are seconds."""

    answered: int = 0
    sent_again: int = 0
    gap: float = 0.0
    slowest: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)
    last_answer: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def failed(self) -> int:
        return self.failures.total()

    @property
    def requests(self) -> int:
        return self.answered + self.failed

    def took(self, seconds: float, *, again: bool) -> None:
        with self.lock:
            now = time.monotonic()
            self.answered += 1
            self.sent_again += again
            self.slowest = max(self.slowest, seconds)
            self.gap = max(self.gap, now - self.last_answer)
            self.last_answer = now

    def missed(self, why: str) -> None:
        with self.lock:
            self.failures[why] += 1


class Reader:
    """One client with one keep-alive connection."""

    def __init__(self, endpoint: Endpoint, client: int = 0) -> None:
        self._endpoint = endpoint
        self._client = client
        self._connection: http.client.HTTPConnection | None = None
        self.has_sent_again = False

    def get(self, address: str, headers: dict[str, str] | None = None) -> Answer:
        """Send a request, again if a keep-alive connection was closed. Raises OSError or HTTPException."""
        was_kept = self._connection is not None
        self.has_sent_again = False
        try:
            return self._ask(address, headers or {})
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # http.client reports a break within a response as IncompleteRead, which is not among these.
            if not was_kept:
                raise
            self.has_sent_again = True
            return self._ask(address, headers or {})

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, address: str, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = self._endpoint.connect(self._client)
        try:
            self._connection.request("GET", address, headers=headers)
            answer = self._connection.getresponse()
            try:
                body = answer.read()
            except ConnectionError as error:
                raise http.client.IncompleteRead(b"") from error
        except BaseException:
            self.close()
            raise
        found = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            self.close()
        return Answer(status=answer.status, headers=found, body=body)


def ask(endpoint: Endpoint, address: str, headers: dict[str, str] | None = None, *, client: int = 0) -> Answer:
    """Send one request on a new connection. Raises OSError or HTTPException."""
    reader = Reader(endpoint, client)
    try:
        return reader.get(address, headers)
    finally:
        reader.close()


def canonical(endpoint: Endpoint, address: str) -> str:
    """Return where an address redirects to."""
    for _ in range(3):
        answer = ask(endpoint, address)
        if answer.status not in (301, 302, 307, 308):
            break
        to = urlsplit(answer.headers["location"])
        address = f"{to.path}?{to.query}" if to.query else to.path
    return address


def mixed_addresses(endpoint: Endpoint) -> list[str]:
    """Return the canonical addresses of home, skills, articles, and verdicts in all states: pages, data, images."""
    verdicts = [f"/verdict/?{query}" for query in STATES.values()]
    others = [f"/verdict.json?{FOUR}", f"/verdict.csv?{FOUR}", "/verdict/card.png?location=us&pay=p50&skill=kafka"]
    return [*PAGES, *(canonical(endpoint, address) for address in [*verdicts, *others])]


@contextmanager
def readers(endpoint: Endpoint, addresses: Sequence[str] | None = None) -> Iterator[Count]:
    """Run readers while the context lasts; the count is complete after it."""
    asked = list(addresses or mixed_addresses(endpoint))
    count, stopped = Count(), threading.Event()
    threads = [
        threading.Thread(target=_read, args=(endpoint, asked, number, count, stopped), daemon=True)
        for number in range(1, endpoint.readers + 1)
    ]
    for thread in threads:
        thread.start()
    try:
        yield count
    finally:
        stopped.set()
        for thread in threads:
            thread.join(PATIENCE + 5)
        with count.lock:
            count.gap = max(count.gap, time.monotonic() - count.last_answer)


def _read(endpoint: Endpoint, addresses: Sequence[str], number: int, count: Count, stopped: threading.Event) -> None:
    reader = Reader(endpoint, number)
    chance = random.Random(number)
    for address in _endless(addresses, chance):
        if stopped.is_set():
            break
        began = time.monotonic()
        try:
            answer = reader.get(address)
        except (OSError, http.client.HTTPException) as error:
            count.missed(f"{type(error).__name__}")
        else:
            if answer.status < 400:
                count.took(time.monotonic() - began, again=reader.has_sent_again)
            else:
                count.missed(f"{answer.status} at {address.partition('?')[0]}")
        stopped.wait(endpoint.pause)
    reader.close()


def _endless(addresses: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Yield random addresses; every third verdict has a new salary."""
    for turn in itertools.count():
        address = chance.choice(addresses)
        if turn % 3 == 0 and "salary=115000&" in address:
            address = address.replace("salary=115000&", f"salary={chance.randrange(90_000, 140_000)}&")
        yield address

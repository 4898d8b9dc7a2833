"""Times the engine, the place search and a whole verdict page, in this process: `make bench`. It judges nothing."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.bench.site import temporary_site

if TYPE_CHECKING:
    from django.core.handlers.base import BaseHandler
    from django.urls import URLPattern

ADDRESS = "/verdict/?salary=115000&location=us-austin-tx&skill=" + "&skill=".join(
    ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
)
SKILLS = (
    *("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
    *("docker", "go", "infrastructure-as-code", "kafka", "python", "site-reliability"),
)
#: What is typed for a place: its one letter has most to rank, the misspelt ones most to try.
PLACES = {"one letter": "s", "a name": "austin", "misspelt": "san frnc", "several words": "london ontaro"}
#: Milliseconds for so many chosen skills, and for any search of a place.
ENGINE_BUDGETS = {4: 1.0, 10: 25.0}
PLACE_BUDGET = 5.0
REPEATS = 15
SECONDS_A_REPEAT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds a call: of the best repeat, and of the middle one."""

    best: float
    median: float


def main() -> None:
    with temporary_site():
        timings = {f"engine, {count} chosen": timed(engine_call(count)) for count in (1, 4, 8, 10)}
        hello = timed(hello_call())
        timings["bare Django page"] = hello
        for name, typed in PLACES.items():
            timings[f"place search, {name}"] = timed(place_call(typed))
        for name, call in verdict_calls().items():
            timings[name] = timed(call)

    print(f"{'milliseconds':<32}{'best':>9}{'median':>9}{'× bare page':>13}  budget")
    for name, timing in timings.items():
        ratio = timing.best / hello.best
        print(f"{name:<32}{timing.best:>9.3f}{timing.median:>9.3f}{ratio:>13.1f}  {budget(name, timing)}")


def timed(call: Callable[[], object]) -> Timing:
    """The time of a call that is repeated long enough to be measured."""
    call()
    begin = time.perf_counter()
    call()
    calls = max(1, round(SECONDS_A_REPEAT / (time.perf_counter() - begin)))
    repeats = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        for _ in range(calls):
            call()
        repeats.append((time.perf_counter() - begin) * 1000 / calls)
    return Timing(best=min(repeats), median=statistics.median(repeats))


def engine_call(count: int) -> Callable[[], object]:
    """A whole verdict of the engine for so many chosen skills."""
    from calculator.engine import assess
    from calculator.engine.profile import Profile
    from skills.editions.current import current

    edition = current.edition().edition
    profile = Profile(pay=115_000.0, location="us-austin-tx", skills=tuple(sorted(SKILLS[:count])))
    return lambda: assess(profile, edition)


def place_call(typed: str) -> Callable[[], object]:
    """What is offered while a place is typed."""
    from skills.editions.current import current

    places = current.edition().places
    return lambda: places.suggest(typed)


def hello_call() -> Callable[[], object]:
    """The least that Django does for a page: handler, URL resolver, view; no middleware."""
    from django.core.handlers.base import BaseHandler
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import path

    def hello(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Hello")

    handler = BaseHandler()
    with override_settings(MIDDLEWARE=[]):
        handler.load_middleware()
    return page_call(handler, "/hello/", urls=(path("hello/", hello),))


def verdict_calls() -> dict[str, Callable[[], object]]:
    """The verdict page at its canonical address, and the redirect that leads there, through all middleware."""
    from django.core.handlers.base import BaseHandler

    handler = BaseHandler()
    handler.load_middleware()
    ask = page_call(handler, ADDRESS)
    target = ask().headers.get("Location", ADDRESS)
    page_of_target = page_call(handler, target)
    page = page_of_target()
    if page.status_code != 200:
        sys.exit(f"{target} answered {page.status_code}")
    print(f"{target}: {len(page.content):,} bytes\n")
    return {"verdict page": page_of_target} | ({"redirect to it": ask} if target != ADDRESS else {})


def page_call(handler: BaseHandler, address: str, urls: Sequence[URLPattern] | None = None) -> Callable[[], Any]:
    """A whole request and its response, without a server."""
    from django.test import RequestFactory

    requests = RequestFactory(headers={"host": "localhost"})

    def call() -> object:
        request: Any = requests.get(address)
        if urls:
            request.urlconf = urls
        response = handler.get_response(request)
        response.close()
        return response

    return call


def budget(name: str, timing: Timing) -> str:
    for count, most in ENGINE_BUDGETS.items():
        if name == f"engine, {count} chosen":
            return f"{most:g} ms{'' if timing.best <= most else ' EXCEEDED'}"
    if name.startswith("place search"):
        return f"{PLACE_BUDGET:g} ms{'' if timing.best <= PLACE_BUDGET else ' EXCEEDED'}"
    return ""


if __name__ == "__main__":
    main()

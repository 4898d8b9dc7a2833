"""Drills of nginx in front of the site: its cache, its limits, the headers it passes on, and its log."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from ops.drill.load import PAGES, Answer, Endpoint, Reader, ask, canonical, readers
from ops.drill.nginx import Nginx
from ops.drill.result import Demand, Result, equals, holds, no_failures
from ops.drill.site import Server, sqlite_site
from tests.calculator.states import FOUR

#: Seconds that nginx may cache public pages.
SECONDS_FRESH = 60.0
SECONDS_AWAY = 8.0
#: Pay that occurs on no page by chance.
PAY = "77123"
#: Sent unencoded; the pay in them must not be logged.
ODD_PATHS = (
    b'/"quoted"/',
    b"/%22quoted%22/",
    b"/new%0Aline/%0d/",
    b"/100%25/",
    b"/back\\slash/",
    b"/%ff/",
    b"/\xff\xfe/",
    "/caf\u00e9/".encode(),
    b"/%00/",
    b"/verdict/?salary=77123&location=us",
    b"/verdict/%3Fsalary=77123",
    b"/verdict/%253fsalary%3D77123",
    b"/verdict/&salary=77123",
    b"/verdict/salary=77123",
)
LOGGED = {"time", "request", "method", "path", "status", "seconds", "cache"}
PLACES = "/places/suggestions/?location=austin"
#: The limit of wrong passwords for an account from one address, and nginx's limit of sign-ins a second.
FAILURES, SECONDS_BETWEEN_SIGN_INS = 5, 1.1
HSTS = "max-age=63072000"
SIGN_IN = "/admin/login/?next=/admin/"


def nginx_cache() -> Result:
    """nginx caches public pages only, serves them while the site is down, and refreshes old ones."""
    with _serve() as (server, nginx):
        verdict = canonical(server.endpoint, f"/verdict/?{FOUR}".replace("115000", PAY))
        public = [_cache_state(server, "/skills/") for _ in range(2)]
        private = [_cache_state(server, verdict) for _ in range(3)]
        signing_in = [_cache_state(server, SIGN_IN) for _ in range(2)]
        is_kept = any(PAY.encode() in path.read_bytes() for path in nginx.cache.rglob("*") if path.is_file())
        for path in ("/articles/", "/", PLACES):
            ask(server.endpoint, path)
        time.sleep(SECONDS_FRESH + 2)
        aged = [_cache_state(server, "/articles/")]
        time.sleep(2)
        aged.append(_cache_state(server, "/articles/"))
        revalidated = _cache_state(server, PLACES)
        server.stop()
        away = [_cache_state(server, path) for path in ("/articles/", "/", "/")]
        unknown = ask(server.endpoint, "/privacy/").status
        log, errors = nginx.access_log, nginx.error_log
    return Result(
        demands=[
            equals("a public page is requested once", ["MISS", "HIT"], public),
            equals("a page with pay is requested each time", ["MISS"] * 3, private),
            holds("and not cached on disk", not is_kept),
            equals("nor is an editor's page", [""] * 2, signing_in),
            equals("an old page is served, and refreshed in the background", ["STALE", "HIT"], aged),
            equals("an unchanged page is not sent again (304)", "REVALIDATED", revalidated),
            equals("without the site fresh and old pages are served", ["HIT", "STALE", "STALE"], away),
            equals("without the site an uncached page is a 502", 502, unknown),
            holds("no pay is logged", PAY.encode() not in log + errors),
        ]
    )


def site_stopped() -> Result:
    """The whole site is stopped under load, and started again."""
    with _serve() as (server, nginx):
        for page in PAGES:
            ask(server.endpoint, page)
        with readers(server.endpoint, PAGES) as count:
            time.sleep(1)
            server.stop()
            time.sleep(SECONDS_AWAY)
            again = Server(site=server.site, port=server.port, nginx=nginx, process=server.site.start(server.port))
            try:
                again.wait_for("ready")
                time.sleep(1)
                verdict = ask(server.endpoint, canonical(server.endpoint, f"/verdict/?{FOUR}"))
            finally:
                again.stop()
    return Result(
        demands=[no_failures(count), holds("then verdicts are computed again", verdict.status == 200)],
        count=count,
    )


def nginx_limits() -> Result:
    """Large bodies, long addresses, large headers and too many requests are refused, for each client separately."""
    with _serve() as (server, _):
        body = _raw(server, b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 13000000\r\n\r\n")
        by_nginx = ask(server.endpoint, f"/verdict/?salary={'1' * 17_000}").status
        by_site = ask(server.endpoint, f"/verdict/?salary={'1' * 9_000}").status
        header = ask(server.endpoint, "/", {"X-Long": "a" * 17_000}).status
        sign_ins = [ask(server.endpoint, SIGN_IN, client=2).status for _ in range(20)]
        pages = _statuses(server.endpoint, client=3, number=400)
        others = [ask(server.endpoint, path, client=4).status for path in (SIGN_IN, "/")]
    return Result(
        demands=[
            holds("a body of 13 MB: 413", body.startswith(b"HTTP/1.1 413 ")),
            equals("an address of 17,000 characters: 414 by nginx", 414, by_nginx),
            equals("an address of 9,000 characters: 414 by the site", 414, by_site),
            equals("a header of 17,000 characters: 400", 400, header),
            holds("20 sign-ins at once: some 429", set(sign_ins) == {200, 429}),
            holds("400 pages at once: some 429", set(pages) == {200, 429}),
            equals("another client is answered", [200, 200], others),
        ]
    )


def nginx_requests() -> Result:
    """Clients' proxy headers are replaced, odd paths are refused or logged as JSON, and static files are served."""
    with _serve() as (server, nginx):
        request_ids, demands = _check_headers(server)
        demands += [*_check_static_files(server), *_check_paths(server, nginx)]
        for path in ODD_PATHS:
            _raw(server, b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        time.sleep(0.5)
        demands += _check_access_log(nginx, request_ids)
    return Result(demands=demands)


def _check_headers(server: Server) -> tuple[set[str], list[Demand]]:
    """Return the ids of two requests, too, which nginx's log must have."""
    page = ask(server.endpoint, "/", {"X-Request-ID": "forged-by-a-client", "X_Forwarded_Proto": "http"})
    foreign = ask(server.endpoint, "/", {"Host": "other.example"})
    request_ids = page.headers["x-request-id"], foreign.headers["x-request-id"]
    return set(request_ids), [
        holds("headers with underscores are dropped", page.status == 200),
        holds("a client's own request id is replaced", request_ids[0] != "forged-by-a-client"),
        holds("HSTS for this host alone", page.headers["strict-transport-security"] == HSTS),
        holds("another host is refused", foreign.status == 400),
        holds("a client cannot choose its address", _is_limited_whatever_it_says(server)),
        holds("the site's log has nginx's request id", f'"request": "{request_ids[1]}"' in server.log),
    ]


def _check_static_files(server: Server) -> list[Demand]:
    static = server.site.static_folder / "only-nginx.txt"
    static.write_text("Only nginx has this file.")
    static.chmod(0o644)
    style = re.search(rb'href="(/static/css/[^"]+\.css)"', ask(server.endpoint, "/").body)
    assert style, "the home page names no style sheet"
    sheet = ask(server.endpoint, style[1].decode(), {"Accept-Encoding": "gzip"})
    return [
        holds("HSTS on static files", sheet.headers["strict-transport-security"] == HSTS),
        holds("static files come compressed from nginx", _is_from_nginx(sheet)),
        holds("without a request to the site", ask(server.endpoint, "/static/only-nginx.txt").status == 200),
        holds("a missing static file: 404", ask(server.endpoint, "/static/none.css").status == 404),
    ]


def _check_paths(server: Server, nginx: Nginx) -> list[Demand]:
    refused = [ask(server.endpoint, path).status for path in ("/admin%2flogin/", "/admin%5Clogin/", "//healthz")]
    hidden = [ask(server.endpoint, path).status for path in ("/healthz", "/readyz", "/%68ealthz", "/./readyz")]
    plain = ask(Endpoint(port=nginx.http_port), "/skills/?a=1")
    redirect = (plain.status, plain.headers["location"])
    return [
        equals("encoded slashes are refused", [400, 400], refused[:2]),
        holds("in the path alone", ask(server.endpoint, "/robots.txt?to=%2fadmin%2f").status == 200),
        equals("health is not public", [404] * 5, [*hidden, refused[2]]),
        holds("http leads to https", redirect == (301, "https://127.0.0.1/skills/?a=1")),
    ]


def _check_access_log(nginx: Nginx, request_ids: set[str]) -> list[Demand]:
    log, errors, lines = nginx.access_log, nginx.error_log, nginx.logged()
    return [
        holds("each line of the access log is JSON", len(lines) >= len(ODD_PATHS)),
        holds("with all fields", all(set(line) == LOGGED for line in lines)),
        holds("the access log has the answers' request ids", request_ids <= {line["request"] for line in lines}),
        holds("no pay and no query is logged", PAY.encode() not in log + errors and b"?" not in log),
    ]


@contextmanager
def _serve() -> Iterator[tuple[Server, Nginx]]:
    with sqlite_site(is_behind_nginx=True) as site, site.served() as server:
        assert server.nginx, "nginx is in front"
        yield server, server.nginx


def _cache_state(server: Server, address: str) -> str:
    """Return nginx's cache status for a page; "" if it has none."""
    answer = ask(server.endpoint, address)
    return answer.headers.get("x-cache", "") if answer.status == 200 else str(answer.status)


def _is_from_nginx(answer: Answer) -> bool:
    """Return whether nginx itself answered: only the site's responses have a request id."""
    is_immutable = "immutable" in answer.headers["cache-control"]
    return answer.headers.get("content-encoding") == "gzip" and is_immutable and "x-request-id" not in answer.headers


def _statuses(endpoint: Endpoint, *, client: int, number: int) -> list[int]:
    reader = Reader(endpoint, client)
    statuses = [reader.get("/robots.txt").status for _ in range(number)]
    reader.close()
    return statuses


def _raw(server: Server, request: bytes) -> bytes:
    """Return the beginning of the response to bytes that no library would send."""
    connection = server.endpoint.connect(5)
    connection.connect()
    with connection.sock as client:
        client.sendall(request)
        return bytes(client.recv(4096))


def _is_limited_whatever_it_says(server: Server) -> bool:
    """Return whether one client's wrong passwords are counted together although it claims other addresses."""
    browser = server.endpoint.browser()
    login = f"{server.endpoint.root}/admin/login/"
    page = browser.open(login).read().decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = urlencode({"csrfmiddlewaretoken": token, "username": "nobody", "password": "wrong"}).encode()
    statuses = []
    for number in range(FAILURES + 1):
        time.sleep(SECONDS_BETWEEN_SIGN_INS)
        address = f"192.0.2.{number}"
        forged = dict.fromkeys(("ClientAddress", "Client_Address", "X-Forwarded-For", "X_Forwarded_For"), address)
        request = urllib.request.Request(login, form, {**forged, "Referer": server.endpoint.referer})
        try:
            statuses.append(browser.open(request).status)
        except urllib.error.HTTPError as error:
            statuses.append(error.code if error.headers["Retry-After"] == "900" else 0)  # the site's 429, not nginx's
    return statuses == [200] * (FAILURES - 1) + [429] * 2

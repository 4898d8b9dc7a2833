"""Makes random odd requests to every route, from real and odd parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from calculator.query import WAY_ODDS_PREFIX
from skills.editions.document import PublishedEdition
from tests.query_names import VERDICT_NAMES

#: Every Unicode decimal digit.
DIGITS = "".join(chr(code) for code in range(0x110000) if chr(code).isdecimal())
ODD_TEXTS = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "🎯",
        "İ",
        "ﷺ" * 50,
        "e\u0301",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\r\nX-Odd: 1",
        "../../etc/passwd",
    ),
    *("'; DROP TABLE", "<script>alert(1)</script>", "{{ 7*7 }}", "{% load x %}", "%s%n", "${x}", "%", "%2", "%u0041"),
    *(
        "nan",
        "inf",
        "-1",
        "0",
        "1e999",
        "0x1f",
        "9" * 5000,
        "1" + "0" * 400,
        "١٢٣",
        "½",
        "²",
        "-" * 900,
        "true",
        "null",
    ),
    *(
        "x" * 8000,
        "a b " * 500,
        "&" * 300,
        "=" * 300,
        "+" * 300,
        ",".join("1" * 400),
        ":" * 100,
        DIGITS[:300],
        DIGITS[300:],
    ),
)
#: Bytes that are no UTF-8: a lone surrogate, an overlong slash, half a letter, what no text has.
ODD_BYTES = (b"\xed\xa0\x80", b"\xc0\xaf", b"\xe2\x82", b"\xff\xfe", b"\x80", b"\xf4\x90\x80\x80", bytes(range(256)))
_VERDICT = "salary=115000&location=us&skill=go"
METHODS = ("GET",) * 12 + ("HEAD",) * 3 + ("POST",) * 4 + ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW", "get")
PARAMETERS = (
    *VERDICT_NAMES,
    *("category", "grade", "sort", "q", "p", "o", "all", "e", "next", "_popup", "_to_field", "id"),
    *("id__range", "slug__regex", "published_at__year", "action_time__year"),
    *("utm_source", "action", "_selected_action", "format", "csrfmiddlewaretoken", "username", "password", "x" * 300),
)
HEADERS: dict[str, Sequence[str]] = {
    "HTTP_ACCEPT_ENCODING": (
        "br",
        "gzip",
        "br;q=0",
        "*;q=0",
        "gzip;q=nan",
        "identity",
        "br;q=" + "9" * 400,
        ",,;;=",
        "é",
    ),
    "HTTP_IF_NONE_MATCH": ("*", 'W/"1-x-y"', '"', "x" * 5000, '"a", "b"', "W/", "é\x80"),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT", "0"),
    "HTTP_RANGE": ("bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-,0-,0-", "lines=1", "bytes=" + "9" * 400),
    "HTTP_HOST": ("example.com", "localhost:99999", "[::1]", "local host", "", "a" * 300, "localhost\r\nX: y", "é.com"),
    "HTTP_HX_REQUEST": ("true", "false", "x"),
    "HTTP_HX_CURRENT_URL": ("http://localhost/verdict/?salary=1", "javascript:alert(1)", "http://[", "%", "é\x80"),
    "HTTP_HX_BOOSTED": ("true",),
    "HTTP_HX_PROMPT": ("é\x80", "x" * 2000),
    "HTTP_HX_TRIGGERING_EVENT": ("{", "[]", "null", '{"a": 1}'),
    "HTTP_REFERER": ("http://localhost/", "http://[", "é\x80", ""),
    "HTTP_COOKIE": ("sessionid=x; csrftoken=y", "=;=;", "messages=x", "sessionid=" + "x" * 4000, "a=\x80é", ";" * 900),
    "CONTENT_LENGTH": ("0", "-1", "abc", "9" * 30, "12", "١٢", "+5", " 7"),
    "CONTENT_TYPE": (
        "text/html",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "application/json",
        "x" * 900,
    ),
    "HTTP_TRANSFER_ENCODING": ("chunked",),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "x", "::1, " * 300, "é\x80"),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher", ""),
    "HTTP_X_FORWARDED_HOST": ("example.com", "a b"),
    "HTTP_X_REQUEST_ID": ("short", "a" * 40, "é" * 20, "a\nb" * 10),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_USER_AGENT": ("", "é\x80", "x" * 4000),
    "HTTP_ORIGIN": ("null", "http://example.com", "http://["),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer " + "x" * 900),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A pattern of the site as its parts: text that stays, and the names of what is filled in."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRequest:
    """What a server would hand to the application; `path` is percent-encoded."""

    route: str
    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        address = f"{self.path}?{self.query}"
        return f"{self.route}: {self.method} {address[:300]!r} {self.headers} {self.body[:100]!r}"[:900]


def routes() -> list[Route]:
    """Every route that the site resolves, the admin's included, so that a new one is tried by itself."""

    def walk(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[Route]:
        for pattern in patterns:
            text = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, text)
            else:
                plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text).replace("\\Z", "").replace("\\", "")
                yield Route(name=f"/{plain}", parts=tuple(re.split(r"(<[^>]+>)", plain)))

    return [*walk(get_resolver().url_patterns, ""), Route(name="none", parts=("", "<anything>"))]


class RequestMaker:
    """Requests of one seed; each depends on its number alone, so that one can be made again."""

    def __init__(self, seed: int, published: PublishedEdition, addresses: Sequence[str]) -> None:
        self._seed = seed
        self._routes = routes()
        self._addresses = addresses
        edition = published.edition
        self._real = {
            "salary": ("115000", "115k", "$90,000", "12 lakh", "115000.5"),
            "location": tuple(edition.places),
            "skill": tuple(edition.skills),
            "edition": ("1", "2", "999999", "0"),
            "hours": ("6", "40", "41"),
            "years": ("3", "10"),
            "odds": ("10", "100"),
            "experience": ("0", "50", "51"),
            "hour": ("0", "12.5", "$20", "-1"),
            "pay": ("p10", "p50", "p91"),
            "evidence": ("measured", "all", "headline"),
            "sort": ("-premium", "name", "--name"),
            "slug": (*edition.skills, *edition.sources),
            "object_id": ("1", "2", "python", "us", "0", "_5F", "_"),
            "number": ("1", "2"),
        }
        skills, places, verdict = self._real["skill"], self._real["location"], _VERDICT
        self._real |= dict.fromkeys(("have", "sure", "assumed", "known", "find"), skills)
        self._real |= {"study": tuple(f"{slug}:60" for slug in skills), "to": places}
        self._real |= dict.fromkeys(("town", "to_town"), ("Bradford", "Manhattan, NY", "Cambridge", "x" * 200))
        self._real |= dict.fromkeys(("a", "b", "was"), (verdict, f"/verdict/?{verdict}&edition=1", f"{verdict}&to=de"))
        self._real |= {"side": ("5", "40"), "rate": ("30", "£20"), "worked": ("0", "7"), "period": ("hour", "month")}
        self._real |= {"currency": ("USD", "EUR", "XXX"), "set": ("backend", "go")}
        self._real |= {name: ("10", "100", "0.5") for name in VERDICT_NAMES if name.startswith(WAY_ODDS_PREFIX)}

    def make(self, number: int) -> MadeRequest:
        """The request of this number; every route has its turn."""
        random = Random(f"{self._seed}:{number}")
        route = self._routes[number % len(self._routes)]
        if random.random() < 0.2:
            return self._mutated(random)
        method = random.choice(METHODS)
        body = self._query(random).encode() if method in ("POST", "PUT", "PATCH") else b""
        headers = self._headers(random)
        if body and random.random() < 0.8:
            headers["CONTENT_LENGTH"], headers["CONTENT_TYPE"] = str(len(body)), "application/x-www-form-urlencoded"
        path = "/" + "".join(self._part(random, part) for part in route.parts)
        return MadeRequest(
            route=route.name, method=method, path=path, query=self._query(random), headers=headers, body=body
        )

    def _mutated(self, random: Random) -> MadeRequest:
        """A real address with a few letters taken, doubled, swapped or replaced."""
        letters = list(random.choice(self._addresses))
        for _ in range(random.randint(1, 5)):
            at = random.randrange(len(letters))
            change = random.randrange(4)
            if change == 0:
                letters[at] = random.choice("%&=?/;+.-0aé\x00٣")
            elif change == 1:
                letters[at] *= random.choice((2, 2, 500))
            elif change == 2:
                letters[at] = f"%{random.randrange(256):02X}"
            else:
                letters[at] = ""
        path, _, query = "".join(letters).partition("?")
        headers = self._headers(random)
        path = "/" + quote(path, safe="/%").lstrip("/")
        return MadeRequest(
            route="changed addresses", method="GET", path=path, query=quote(query, safe="&=%+;:,-."), headers=headers
        )

    def _part(self, random: Random, part: str) -> str:
        if not part.startswith("<"):
            return part
        name = part.strip("<>").rpartition(":")[2]
        if name in self._real and random.random() < 0.6:
            return quote(random.choice(self._real[name]))
        return self._odd(random, lambda text: quote(text[:2000], safe=""))

    def _query(self, random: Random) -> str:
        if random.random() < 0.2:
            return random.choice(("", "", "&&&", "=", "?" * 50, "%00", "%", "a" * 8000, "a=b&" * 2000, "x=%FF" * 90))
        names, count = (VERDICT_NAMES, random.choice((1, 1, 2, 4))) if random.random() < 0.3 else (PARAMETERS, 0)
        pairs = [
            f"{quote(name)}={self._value(random, name)}"
            for name in random.choices(names, k=count or random.choice((1, 3, 8, 8, 40)))
        ]
        if count:  # a verdict of which only little is odd
            pairs = [_VERDICT, *pairs]
        if random.random() < 0.2:
            pairs *= random.choice((2, 20, 300))
        return random.choice(("&", "&", "&", ";", "&&")).join(pairs)

    def _value(self, random: Random, name: str) -> str:
        if name in self._real and random.random() < 0.6:
            return quote(random.choice(self._real[name]))
        return self._odd(random, quote)

    def _odd(self, random: Random, write: Callable[[str], str]) -> str:
        if random.random() < 0.2:
            return quote_from_bytes(random.choice(ODD_BYTES))
        if random.random() < 0.3:
            return write(
                "".join(
                    chr(random.choice((65, 0x300, 0x660, 0x4E00, 0x1F3AF)) + random.randrange(20)) for _ in range(9)
                )
            )
        return write(random.choice(ODD_TEXTS))

    def _headers(self, random: Random) -> dict[str, str]:
        names = random.sample(list(HEADERS), random.choice((0, 0, 1, 1, 2, 5)))
        return {name: random.choice(HEADERS[name]) for name in names}


def with_token(request: MadeRequest, cookie: str) -> MadeRequest:
    """The same, sent by a page of the site: signed in, and with the token that its forms have."""
    token = "t" * 32
    body = request.body
    if request.method == "POST" and body:
        body = urlencode({"csrfmiddlewaretoken": token}).encode() + b"&" + body
    headers = request.headers | {"HTTP_COOKIE": f"{cookie}; csrftoken={token}"}
    if "CONTENT_LENGTH" in headers and headers["CONTENT_LENGTH"] == str(len(request.body)):
        headers["CONTENT_LENGTH"] = str(len(body))
    return MadeRequest(
        route=request.route, method=request.method, path=request.path, query=request.query, headers=headers, body=body
    )

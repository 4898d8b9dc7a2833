"""Tells a supervisor whether the process lives and whether the site is ready; answered before Django, on any host."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from earnverdict import request_notes as notes
from earnverdict.plain_answer import answer_plainly

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ALIVE = "/healthz"
READY = "/readyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the process can do: nothing without an edition; neither edit nor publish without a migrated database."""

    edition: int | None
    database: Literal["reachable", "not migrated", "gone"]
    build: str

    @property
    def status(self) -> str:
        if self.edition is None:
            return "not ready"
        return "ready" if self.database == "reachable" else "degraded"


class Health:
    """A WSGI application in front of another that answers two addresses itself."""

    def __init__(self, application: WSGIApplication, *, readiness: Callable[[], Readiness]) -> None:
        self._application = application
        self._readiness = readiness

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path not in (ALIVE, READY) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        environ[notes.ROUTE] = path
        if path == ALIVE:
            return _answer(environ, start_response, "200 OK", {"status": "alive"})
        found = self._readiness()
        status = "503 Service Unavailable" if found.edition is None else "200 OK"
        return _answer(environ, start_response, status, {"status": found.status, **asdict(found)})


def _answer(
    environ: WSGIEnvironment, start_response: StartResponse, status: str, content: dict[str, object]
) -> Iterable[bytes]:
    return answer_plainly(environ, start_response, status, json.dumps(content), content_type="application/json")

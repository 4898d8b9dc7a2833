"""Health checks for supervisors and load balancers. They make no query and answer on any host."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from earnverdict.build import build
from skills.editions.site_state import site_state
from skills.places.gazetteer import find_gazetteer_state

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Report that the process is alive."""
    return JsonResponse({"status": "alive"}, headers=_HEADERS)


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Report whether the process is ready: pages need an edition; the search for a place needs the gazetteer;
    editing and publishing need a migrated database.
    """
    shown, database, gazetteer = site_state.shown, site_state.database, find_gazetteer_state(settings.GAZETTEER_FOLDER)
    is_whole = database == "reachable" and gazetteer != "missing"
    content = {
        "status": "not ready" if shown is None else "ready" if is_whole else "degraded",
        "edition": shown.newest.number if shown else None,
        "database": database,
        "gazetteer": gazetteer,
        "build": build(),
    }
    return JsonResponse(content, status=200 if shown else 503, headers=_HEADERS)

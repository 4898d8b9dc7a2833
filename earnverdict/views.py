"""Health checks for supervisors and load balancers. They make no query and answer on any host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from earnverdict.build import build
from skills.editions.site_state import site_state

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Report that the process is alive."""
    return JsonResponse({"status": "alive"}, headers=_HEADERS)


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Report whether the process is ready: pages need an edition; editing and publishing need a migrated database."""
    shown, database = site_state.shown, site_state.database
    status = "not ready" if shown is None else "ready" if database == "reachable" else "degraded"
    edition = shown.newest.number if shown else None
    content = {"status": status, "edition": edition, "database": database, "build": build()}
    return JsonResponse(content, status=200 if shown else 503, headers=_HEADERS)

"""Links whose question mark was escaped on their way, so that the query came as part of the path."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from earnverdict.http import forbid_storing, read_only


@read_only
def redirect_escaped(request: HttpRequest, page: str, query: str) -> HttpResponse:
    """Send the reader to the page that the link was to; what else is wrong with its query is repaired there."""
    queries = [quote(query, safe="=&+:%"), request.META["QUERY_STRING"]]
    return forbid_storing(HttpResponseRedirect(f"/{page}?{'&'.join(filter(None, queries))}"))

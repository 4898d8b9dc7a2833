"""Explains why an edition cannot be shown, for the views of both apps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict import formatting
from earnverdict.seo import Page
from skills.editions.document import EditionNotShown, UnknownModel
from skills.editions.site import EditionUnreadable, EditionWithdrawn, NoSuchEdition, NothingPublished
from skills.editions.site_state import site_state

_TITLES: Mapping[type[EditionNotShown], str] = {
    NoSuchEdition: "There is no such edition",
    EditionWithdrawn: "This edition was withdrawn",
    UnknownModel: "This edition cannot be calculated any more",
    EditionUnreadable: "This edition cannot be read right now",
    NothingPublished: "There is nothing to show yet",
}


def explain_missing_edition[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer with a 404, 410 or 503 that explains why an edition cannot be shown, and what works instead."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except EditionNotShown as error:
            return _explain(request, error)

    return wrapper  # type: ignore[return-value]  # functools.wraps names the first argument


def newest_number() -> int | None:
    """Return the number of the newest edition, if there is one."""
    try:
        return site_state.site().newest.number
    except NothingPublished:
        return None


def _explain(request: HttpRequest, error: EditionNotShown) -> HttpResponse:
    title, message = _TITLES[type(error)], str(error)
    if isinstance(error, EditionWithdrawn):
        when = formatting.day(error.withdrawn.withdrawn_at)
        message = f"Edition {error.number} was withdrawn on {when}: {error.withdrawn.reason}"
    if isinstance(error, NothingPublished):
        message = "No edition of the catalogue is published."
    context = {
        "page": Page(title=title, description=message),
        "newest": newest_number(),
        "query": _query_without_edition(request),
    }
    response = render(request, "skills/missing_edition.html", context, status=error.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _query_without_edition(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("edition", None)
    return query.urlencode()

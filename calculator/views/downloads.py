"""The verdict as data: JSON and CSV, and what every answer other than the page has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from calculator import downloads
from calculator.engine import assess
from calculator.engine.edition import Edition
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict
from calculator.engine.ways import WayAnswers
from calculator.query import is_canonical, write_ways_query
from calculator.views.responses import address_of_query, as_verdict, etag, verdict_form
from calculator.ways_form import WaysForm, has_way_answers
from earnverdict.http import forbid_storing, read_only
from skills.editions.document import EditionNotShown, PublishedEdition

type Mistakes = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """One more form of a verdict: how it is written, and how mistakes are reported.

    `address` is the URL name that another spelling is sent to; without one it is answered directly. `adapt` gives the
    profile that it is written for. Where it `takes_ways`, what the query says about other ways is read, too.
    """

    name: str
    write: Callable[[Verdict, PublishedEdition, WayAnswers], HttpResponse]
    refuse: Callable[[Mistakes, int], HttpResponse]
    address: str = ""
    takes_ways: bool = False
    adapt: Callable[[Profile, Edition], Profile] = lambda profile, _: profile


@read_only
def verdict_data(request: HttpRequest) -> HttpResponse:
    """The verdict as JSON; mistakes by field, 422."""
    return represent(request, _JSON)


@read_only
def verdict_csv(request: HttpRequest) -> HttpResponse:
    """The chosen skills as a CSV table; mistakes as lines of text, 422."""
    return represent(request, _CSV)


@read_only
def verdict_ways_csv(request: HttpRequest) -> HttpResponse:
    """Other ways to more pay as a CSV table; mistakes as lines of text, 422."""
    return represent(request, _WAYS_CSV)


def represent(request: HttpRequest, representation: Representation) -> HttpResponse:
    """The verdict of the request's address, or why there is none: 404, 410, 422 or 503."""
    try:
        form = verdict_form(request.GET)
    except EditionNotShown as error:
        return forbid_storing(representation.refuse({"edition": [str(error)]}, error.status))
    if not form.is_valid():
        return forbid_storing(representation.refuse(form.mistakes(), 422))
    ways = WayAnswers()
    if representation.takes_ways and has_way_answers(form.query):
        ways_form = WaysForm(form.query, form.profile(), form.published)
        if not ways_form.is_valid():
            return forbid_storing(representation.refuse(ways_form.mistakes(), 422))
        ways = ways_form.answers()
    published = form.published
    profile = representation.adapt(form.profile(), published.edition)
    query = write_ways_query(profile, published.number, ways)
    is_pinned = is_canonical(request.META["QUERY_STRING"], query)
    if representation.address and not is_pinned:
        return forbid_storing(HttpResponseRedirect(address_of_query(query, representation.address)))
    tag = etag(representation.name, query, published)
    if is_pinned and (unchanged := get_conditional_response(request, etag=tag)) is not None:
        return as_verdict(unchanged, profile, published, tag)
    response = representation.write(assess(profile, published.edition), published, ways)
    return as_verdict(response, profile, published, tag) if is_pinned else forbid_storing(response)


def write_mistakes_as_text(mistakes: Mistakes, status: int) -> HttpResponse:
    """One line a mistake: `field: message`."""
    lines = [f"{name}: {message}\n" for name, messages in mistakes.items() for message in messages]
    return HttpResponse("".join(lines), status=status, content_type="text/plain; charset=utf-8")


def _write_json(verdict: Verdict, published: PublishedEdition, ways: WayAnswers) -> HttpResponse:
    answer = downloads.write_verdict_json(verdict, published.edition, ways)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _write_mistakes_as_json(mistakes: Mistakes, status: int) -> HttpResponse:
    return JsonResponse({"errors": mistakes}, status=status, json_dumps_params={"ensure_ascii": False})


def _write_csv(verdict: Verdict, published: PublishedEdition, _: WayAnswers) -> HttpResponse:
    """A file to keep; its name tells the place and the edition, never pay."""
    return _attach_file(downloads.write_verdict_csv(verdict, published.edition), verdict, "")


def _write_ways_csv(verdict: Verdict, published: PublishedEdition, ways: WayAnswers) -> HttpResponse:
    return _attach_file(downloads.write_ways_csv(verdict, published.edition, ways), verdict, "-ways")


def _attach_file(table: str, verdict: Verdict, part: str) -> HttpResponse:
    file = f"earnverdict-{verdict.profile.location}{part}-edition-{verdict.edition}.csv"
    disposition = content_disposition_header(as_attachment=True, filename=file)
    headers = {"Content-Disposition": disposition} if disposition else {}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


_JSON = Representation(name="json", write=_write_json, refuse=_write_mistakes_as_json, takes_ways=True)
_CSV = Representation(name="csv", write=_write_csv, refuse=write_mistakes_as_text)
_WAYS_CSV = Representation(name="ways_csv", write=_write_ways_csv, refuse=write_mistakes_as_text, takes_ways=True)

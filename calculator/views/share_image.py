"""A verdict, or two compared, as a picture, for where a shared link is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response

from calculator.engine import assess
from calculator.engine.edition import Edition
from calculator.engine.market import find_market
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict
from calculator.engine.ways import WayAnswers
from calculator.presenters.compare_image import present_compare_image
from calculator.presenters.share import leave_out_pay
from calculator.presenters.share_image import present_share_image
from calculator.presenters.verdict import VerdictPresenter
from calculator.query import is_canonical, write_comparison, write_query
from calculator.query_repair import repair_comparison
from calculator.share_image import draw_share_image
from calculator.views.compare import as_comparison, find_status_of_mistakes, read_sides
from calculator.views.downloads import Representation, represent, write_mistakes_as_text
from calculator.views.responses import address_of_query, etag
from earnverdict.http import forbid_storing, read_only
from skills.editions.document import PublishedEdition
from skills.editions.site import NothingPublished


@read_only
def verdict_image(request: HttpRequest) -> HttpResponse:
    """The share image at its canonical address; other spellings are sent there, mistakes are lines of text, 422.

    The address of a verdict with a salary is another spelling of its pay level's: no picture gives a salary away.
    """
    return represent(request, _CARD)


@read_only
def compare_image(request: HttpRequest) -> HttpResponse:
    """The share image of a comparison, by the same rules."""
    try:
        sides = read_sides(repair_comparison(request.GET, request.META["QUERY_STRING"]))
    except NothingPublished as error:
        return forbid_storing(write_mistakes_as_text({"edition": [str(error)]}, error.status))
    forms = [side.form for side in sides if side.form]
    if len(forms) < len(sides):
        mistakes = {side.side.value: list(side.mistakes or ["It is missing."]) for side in sides if not side.form}
        return forbid_storing(write_mistakes_as_text(mistakes, find_status_of_mistakes(sides)))
    shared = [_without_salary(form.profile(), form.published.edition) for form in forms]
    published = [form.published for form in forms]
    query = write_comparison(
        *(write_query(profile, each.number) for profile, each in zip(shared, published, strict=True))
    )
    if not is_canonical(request.META["QUERY_STRING"], query):
        return forbid_storing(HttpResponseRedirect(address_of_query(query, "compare_image")))
    tag = etag("compare_card", query, *published)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        presenters = [
            VerdictPresenter(verdict=assess(profile, each.edition), published=each)
            for profile, each in zip(shared, published, strict=True)
        ]
        response = HttpResponse(draw_share_image(present_compare_image(*presenters)), content_type="image/png")
    return as_comparison(response, shared, published, tag)


def _draw_card(verdict: Verdict, published: PublishedEdition, _: WayAnswers) -> HttpResponse:
    return HttpResponse(draw_share_image(present_share_image(verdict, published)), content_type="image/png")


def _without_salary(profile: Profile, edition: Edition) -> Profile:
    return leave_out_pay(profile, find_market(profile.location, profile.pay, edition))


_CARD = Representation(
    name="card", write=_draw_card, refuse=write_mistakes_as_text, address="verdict_image", adapt=_without_salary
)

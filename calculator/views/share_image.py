"""The verdict as a picture, for where a shared link is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from calculator.engine.edition import Edition
from calculator.engine.market import find_market
from calculator.engine.profile import Profile
from calculator.engine.verdict import Verdict
from calculator.presenters.share import leave_out_pay
from calculator.presenters.share_image import present_share_image
from calculator.share_image import draw_share_image
from calculator.views.downloads import Representation, mistakes_as_text, represent
from earnverdict.http import read_only
from skills.editions.document import PublishedEdition


@read_only
def verdict_image(request: HttpRequest) -> HttpResponse:
    """The share image at its canonical address; other spellings are sent there, mistakes are lines of text, 422.

    The address of a verdict with a salary is another spelling of its pay level's: no picture gives a salary away.
    """
    return represent(request, _CARD)


def _card(verdict: Verdict, published: PublishedEdition) -> HttpResponse:
    return HttpResponse(draw_share_image(present_share_image(verdict, published)), content_type="image/png")


def _without_salary(profile: Profile, edition: Edition) -> Profile:
    return leave_out_pay(profile, find_market(profile.location, profile.pay, edition))


_CARD = Representation(
    name="card", write=_card, refuse=mistakes_as_text, address="verdict_image", adapt=_without_salary
)

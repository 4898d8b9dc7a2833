"""The verdict as a picture, for where a shared link is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from calculator.engine.verdict import Verdict
from calculator.presenters.link_preview import present_share_image
from calculator.share_image import draw_share_image
from calculator.views.downloads import Representation, mistakes_as_text, represent
from earnverdict.http import read_only
from skills.editions.document import PublishedEdition


@read_only
def verdict_image(request: HttpRequest) -> HttpResponse:
    """The share image at its canonical address; other spellings are sent there, mistakes are lines of text, 422."""
    return represent(request, _CARD)


def _card(verdict: Verdict, published: PublishedEdition) -> HttpResponse:
    return HttpResponse(draw_share_image(present_share_image(verdict, published)), content_type="image/png")


_CARD = Representation(name="card", write=_card, refuse=mistakes_as_text, address="verdict_image")

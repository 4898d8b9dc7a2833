"""The verdict as a picture, for where a shared link is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from calculator.card import draw_card
from calculator.engine.verdict import Verdict
from calculator.views.data import Representation, mistakes_as_text, represent
from calculator.words.social import card_words
from earnverdict.http import read_only
from skills.editions.document import PublishedEdition


@read_only
def verdict_card(request: HttpRequest) -> HttpResponse:
    """The share image at its canonical address; other spellings are sent there, mistakes are lines of text, 422."""
    return represent(request, _CARD)


def _card(verdict: Verdict, published: PublishedEdition) -> HttpResponse:
    return HttpResponse(draw_card(card_words(verdict, published)), content_type="image/png")


_CARD = Representation(name="card", write=_card, refuse=mistakes_as_text, address="verdict_card")

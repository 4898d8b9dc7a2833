"""The home page: what it is, the form, a real verdict, what there is to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calculator.forms import VerdictForm
from calculator.presenters.form import FormPresenter
from calculator.presenters.sample import present_sample
from calculator.query_repair import repair_query
from calculator.views.places import pay_hint
from earnverdict.http import read_only
from earnverdict.seo import describe_website, page_at
from skills.articles.rendering import summarise
from skills.editions.site_state import site_state
from skills.views.missing_edition import explain_missing_edition

NEWEST_ARTICLES = 3

_DESCRIPTION = "Which skill to learn next, for your pay, your place and your time — and how sure that is."


@read_only
@explain_missing_edition
def home(request: HttpRequest) -> HttpResponse:
    """The form keeps what the query says, understood or not, and nothing is wrong with it yet."""
    site = site_state.site()
    form = FormPresenter(VerdictForm(repair_query(request.GET), site.newest, is_submitted=False))
    page = page_at(
        request,
        title="Which skill to learn next, and what it is likely to pay you",
        description=_DESCRIPTION,
        data=[describe_website(request.build_absolute_uri, _DESCRIPTION)],
    )
    context = {
        "page": page,
        "form": form,
        "pay_hint": pay_hint(form.location, site.newest),
        "published": site.newest,
        "sample": present_sample(site.newest),
        "articles": [summarise(article, site.newest.edition) for article in site.articles[:NEWEST_ARTICLES]],
        "source_count": len(site.newest.edition.sources),
    }
    return render(request, "calculator/home.html", context)

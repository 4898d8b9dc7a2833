"""The articles: their list, and each of them with the current edition's figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from earnverdict.http import read_only
from earnverdict.page import page_at
from skills.articles.page import article_words, summarise
from skills.editions.current import current
from skills.pages import explain_missing_edition
from skills.structured_data import article_data


@read_only
@explain_missing_edition
def articles(request: HttpRequest) -> HttpResponse:
    """All that are published, newest first."""
    site = current.site()
    summaries = [summarise(article, site.newest.edition) for article in site.articles]
    page = page_at(
        request,
        title="Articles: what skills pay, claimed and measured",
        description="What developers’ skills pay: headline claims beside measured evidence, with the source of every "
        "figure.",
    )
    return render(request, "skills/articles.html", {"page": page, "articles": summaries, "published": site.newest})


@read_only
@explain_missing_edition
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    site = current.site()
    found = site.article(slug)
    if found is None:
        raise Http404(f"No article {slug}.")
    words = article_words(found, site.articles, site.newest.edition)
    page = page_at(
        request,
        title=found.title,
        description=found.standfirst,
        kind="article",
        trail=(("Articles", reverse("skills:articles")), (found.title, request.path)),
        data=[article_data(found, request.build_absolute_uri)],
    )
    context = {"page": page, "words": words, "article": found, "published": site.newest}
    return render(request, "skills/article.html", context)

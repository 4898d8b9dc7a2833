"""The articles: their list, and each of them with the current edition's figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from earnverdict.http import read_only
from skills.articles.page import article_words, summarise
from skills.editions.current import current
from skills.pages import explain_missing_edition


@read_only
@explain_missing_edition
def articles(request: HttpRequest) -> HttpResponse:
    """All that are published, newest first."""
    site = current.site()
    summaries = [summarise(article, site.newest.edition) for article in site.articles]
    return render(request, "skills/articles.html", {"articles": summaries, "published": site.newest})


@read_only
@explain_missing_edition
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    site = current.site()
    found = site.article(slug)
    if found is None:
        raise Http404(f"No article {slug}.")
    words = article_words(found, site.articles, site.newest.edition)
    return render(request, "skills/article.html", {"words": words, "article": found, "published": site.newest})

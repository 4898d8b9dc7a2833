"""The list of articles, each article with the current edition's figures, and previews of drafts by link."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from earnverdict import formatting
from earnverdict.http import forbid_storing, read_only
from earnverdict.seo import Page, page_at
from skills.articles.preview import NoSuchPreview, PreviewExpired, as_published, is_shown, previewed_revision
from skills.articles.published import WithdrawnArticle
from skills.articles.rendering import present_article, summarise
from skills.editions.site import Site
from skills.editions.site_state import site_state
from skills.presenters.structured_data import article_data
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def articles(request: HttpRequest) -> HttpResponse:
    """List the published articles, newest first."""
    site = site_state.site()
    summaries = [summarise(article, site.newest.edition) for article in site.articles]
    page = page_at(
        request,
        title="Articles: what skills pay, claimed and measured",
        description="What developers’ skills pay: headline claims next to measured evidence, with the source of every "
        "figure.",
    )
    return render(request, "skills/articles.html", {"page": page, "articles": summaries, "published": site.newest})


@read_only
@explain_missing_edition
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article. A former address redirects; a withdrawn article's address shows the reason."""
    site = site_state.site()
    found = site.article(slug)
    if found is None:
        return _answer_gone_or_moved(request, site, slug)
    words = present_article(found, site.articles, site.newest.edition)
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


@read_only
@explain_missing_edition
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show a saved text as its page would look, to anyone who has the link.

    This is an editor's page at a public address, and the only public page that queries the database.
    """
    site = site_state.site()
    try:
        revision = previewed_revision(token)
    except PreviewExpired as error:
        return _no_preview(
            request, 410, f"It was good until {formatting.day(error.expired_at)}. Ask its author for a new one."
        )
    except (DatabaseError, InterfaceError):
        return _no_preview(request, 503, "The drafts cannot be read at the moment. Try again in a few minutes.")
    except NoSuchPreview:
        return _no_preview(request, 404, "It may have been cut short when it was copied. Ask its author for a new one.")
    found = as_published(revision)
    page = Page(
        title=found.title,
        description=found.standfirst,
        trail=(("Articles", reverse("skills:articles")), (found.title, request.path)),
    )
    words = present_article(found, site.articles, site.newest.edition)
    context = {
        "page": page,
        "words": words,
        "article": found,
        "published": site.newest,
        "revision": revision,
        "saved": f"{formatting.day(revision.saved_at)}, {revision.saved_at:%H:%M} UTC",
        "is_shown": is_shown(revision),
    }
    return forbid_storing(render(request, "skills/article_preview.html", context))


def _answer_gone_or_moved(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Raises Http404."""
    if withdrawn := site.withdrawn_articles.get(slug):
        return _render_withdrawn(request, withdrawn)
    if present := site.moved_articles.get(slug):
        response = HttpResponsePermanentRedirect(reverse("skills:article", args=[present]))
        # Not permanent: an article may move back.
        response.headers["Cache-Control"] = "public, max-age=300"
        return response
    raise Http404(f"No article {slug}.")


def _render_withdrawn(request: HttpRequest, withdrawn: WithdrawnArticle) -> HttpResponse:
    page = Page(
        title=withdrawn.title, description=f"This article was withdrawn on {formatting.day(withdrawn.withdrawn_at)}."
    )
    context = {"page": page, "withdrawn": withdrawn}
    return forbid_storing(render(request, "skills/article_withdrawn.html", context, status=410))


def _no_preview(request: HttpRequest, status: int, why: str) -> HttpResponse:
    page = Page(title="This preview cannot be shown", description=why)
    return forbid_storing(render(request, "skills/article_no_preview.html", {"page": page}, status=status))

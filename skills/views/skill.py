"""The pages of the skills."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.editions.current import current
from skills.listing.table import LONGEST_TEXT, read_asked, skills_table
from skills.pages import explain_missing_edition
from skills.skill_articles import articles_about
from skills.structured_data import dataset_data
from skills.words.skill import skill_words


@read_only
@explain_missing_edition
def skills(request: HttpRequest) -> HttpResponse:
    """All skills of the newest edition, or those asked for, as a table."""
    published = current.edition()
    table = skills_table(published, read_asked(request.GET))
    title = f"What {table.total} developer skills pay, measured"
    description = (
        f"{table.total} skills for developers in one table: the measured pay premium of each, what headlines claim, "
        "study hours and how good the evidence is."
    )
    data = dataset_data(published, request.build_absolute_uri, name=title, description=description)
    page = page_at(
        request,
        title=table.summary if table.is_filtered else title,
        description=description,
        data=[] if table.is_filtered else [data],
    )
    context = {"page": page, "table": table, "published": published, "longest_text": LONGEST_TEXT}
    return render(request, "skills/skills.html", context)


@read_only
@explain_missing_edition
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill of the newest edition: what it pays, what it takes, and every piece of evidence."""
    site = current.site()
    if slug not in site.newest.edition.skills:
        raise Http404(f"No skill {slug}.")
    words = skill_words(site.newest, slug, timezone.localdate())
    page = page_at(
        request,
        title=f"{words.name}: what it pays, measured",
        description=words.description,
        trail=(("Skills", reverse("skills:skills")), (words.name, request.path)),
    )
    context = {
        "page": page,
        "words": words,
        "articles": articles_about(site.articles, slug),
        "published": site.newest,
    }
    return render(request, "skills/skill.html", context)

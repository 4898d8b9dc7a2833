"""The list of skills, and the page of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from earnverdict.http import read_only
from earnverdict.seo import page_at
from skills.articles.skill_sections import articles_about
from skills.catalogue.skill_list import MAX_TEXT_CHARACTERS, read_filter, skills_table
from skills.editions.site_state import site_state
from skills.presenters.skill import present_skill
from skills.presenters.structured_data import dataset_data
from skills.views.missing_edition import explain_missing_edition


@read_only
@explain_missing_edition
def skills(request: HttpRequest) -> HttpResponse:
    """List the skills of the newest edition, filtered and sorted as the query asks."""
    published = site_state.edition()
    table = skills_table(published, read_filter(request.GET))
    title = f"What {table.total} developer skills pay, measured"
    description = (
        f"{table.total} skills for developers in one table: what each pays as measured and as claimed, "
        "study hours and how good the evidence is."
    )
    data = dataset_data(published, request.build_absolute_uri, name=title, description=description)
    page = page_at(
        request,
        title=table.summary if table.is_filtered else title,
        description=description,
        data=[] if table.is_filtered else [data],
    )
    context = {"page": page, "table": table, "published": published, "longest_text": MAX_TEXT_CHARACTERS}
    return render(request, "skills/skills.html", context)


@read_only
@explain_missing_edition
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a skill of the newest edition: its premium, its study time, and all its evidence."""
    site = site_state.site()
    if slug not in site.newest.edition.skills:
        raise Http404(f"No skill {slug}.")
    words = present_skill(site.newest, slug, timezone.localdate())
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

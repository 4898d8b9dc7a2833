"""Describes for editors the articles that name a figure, source or skill that an edition does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from skills.articles.losses import Loss
from skills.models import Article


def form_addresses(slugs: Iterable[str], user: User | AnonymousUser) -> Mapping[str, str]:
    """Return the address of each article's form by slug, if the user may open it; one query, none without slugs."""
    wanted = set(slugs)
    if not wanted or not any(user.has_perm(f"skills.{action}_article") for action in ("change", "view")):
        return {}
    rows = Article.objects.filter(slug__in=wanted).values_list("slug", "pk")
    return {slug: reverse("admin:skills_article_change", args=[pk]) for slug, pk in rows}


def describe_loss(loss: Loss) -> str:
    parts = [("Loses", loss.lost), ("Missing already:", loss.missing)]
    return " ".join(f"{said} {', '.join(names)}." for said, names in parts if names)

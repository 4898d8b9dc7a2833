"""Schema.org data of articles and of the figures."""

from __future__ import annotations

from django.urls import reverse

from earnverdict.seo import SITE_NAME, Absolute, JsonLd, describe_organization, share_image
from skills.articles.published import PublishedArticle
from skills.editions.document import PublishedEdition

LICENCE_ADDRESS = "https://opendatacommons.org/licenses/odbl/1-0/"


def article_data(article: PublishedArticle, absolute: Absolute) -> JsonLd:
    address = absolute(reverse("skills:article", args=[article.slug]))
    publisher = describe_organization(absolute)
    is_ours = article.author == SITE_NAME
    return {
        "@type": "Article",
        "headline": article.title,
        "description": article.standfirst,
        "datePublished": article.published_at.isoformat(),
        "dateModified": article.updated_at.isoformat(),
        "author": publisher if is_ours else {"@type": "Person", "name": article.author},
        "publisher": publisher,
        "image": share_image(absolute),
        "mainEntityOfPage": address,
    }


def dataset_data(published: PublishedEdition, absolute: Absolute, *, name: str, description: str) -> JsonLd:
    """Describe the newest edition's figures and their downloads."""
    files = (("text/csv", "skills:skills_csv"), ("application/json", "skills:skills_json"))
    return {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": absolute(reverse("skills:skills")),
        "license": LICENCE_ADDRESS,
        "creator": describe_organization(absolute),
        "version": str(published.number),
        "dateModified": published.published_at.isoformat(),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": absolute(reverse(route))}
            for media_type, route in files
        ],
    }

"""The URL configuration of the catalogue's pages."""

from django.urls import path

from skills import feeds, sitemaps
from skills.views import articles, changes, downloads, robots, security, skill, study, trust, way

app_name = "skills"

urlpatterns = [
    path("skills/", skill.skills, name="skills"),
    path("skills/<slug:slug>/", skill.skill, name="skill"),
    path("skills.csv", downloads.csv_file, name="skills_csv"),
    path("skills.json", downloads.json_file, name="skills_json"),
    path("ways/", way.ways, name="ways"),
    path("ways/<slug:slug>/", way.way, name="way"),
    path("ways.csv", downloads.ways_csv_file, name="ways_csv"),
    path("ways.json", downloads.ways_json_file, name="ways_json"),
    path("articles/", articles.articles, name="articles"),
    path("articles/feed.atom", feeds.articles_feed, name="articles_feed"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/preview/<str:token>/", articles.preview, name="article_preview"),
    path("does-it-work/", study.does_it_work, name="does_it_work"),
    path("studies/pooled-2026/", study.study, name="study"),
    path("studies/pooled-2026/<slug:table>.csv", study.csv_file, name="study_csv"),
    path("methodology/", trust.methodology, name="methodology"),
    path("sources/", trust.sources, name="sources"),
    path("sources/<slug:slug>/", trust.source, name="source"),
    path("privacy/", trust.privacy, name="privacy"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed.atom", feeds.changes_feed, name="changes_feed"),
    path("changes/<int:number>/", changes.change, name="change"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
]

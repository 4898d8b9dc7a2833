"""The pages that say that something is not there, cannot be understood, or broke."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnverdict import paths
from earnverdict.seo import Page
from skills.editions.document import PublishedEdition
from skills.editions.site_state import site_state
from skills.url_suggestions import suggest_urls

SECURITY_HEADERS = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret of this failure")


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("the secret of this request")


def find_database_locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


urlpatterns = [
    path("fails/", fail),
    path("suspects/", suspect),
    path("locked/", csrf_exempt(find_database_locked)),
]
handler500 = "skills.views.errors.server_error"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        pytest.param("/skills/kubernets/", ["Kubernetes"], id="misspelt skill"),
        pytest.param("/Kubernetes", ["Kubernetes"], id="name alone"),
        pytest.param("/skills/kubernetes/evidence/typescrip", ["TypeScript"], id="deeper"),
        pytest.param("/skill/Site Reliability/", ["Site reliability and observability"], id="name with a space"),
        pytest.param("/skills/postgres/", ["PostgreSQL"], id="cut short"),
        pytest.param("/articles/what-stacking-skill-do/", ["What stacking skills really does"], id="misspelt article"),
        pytest.param("/wp-login.php", [], id="nothing like it"),
        pytest.param("/skill//", ["All skills"], id="misspelt section"),
        pytest.param("/a/", [], id="one letter"),
        pytest.param(f"/skills/{'kubernetes' * 5000}/", [], id="far too long"),
    ],
)
def test_pages_spelt_alike_are_offered(published: PublishedEdition, asked: str, names: list[str]) -> None:
    assert [suggestion.name for suggestion in suggest_urls(asked)][:1] == names


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=200))
def test_any_path_can_be_looked_at(published_site: object, asked: str) -> None:
    assert len(suggest_urls(f"/{asked}")) <= 3


def test_page_that_is_not_there_helps_on(client: Client, published: PublishedEdition) -> None:
    response = client.get("/skills/kubernets/?salary=115000")

    text = response.content.decode()
    assert (response.status_code, dict(response.cookies)) == (404, {})
    assert 'Did you mean <a href="/skills/kubernetes/">Kubernetes</a>?' in text
    assert {"/", "/skills/", "/articles/"} <= set(re.findall(r'href="([^"]+)"', text.split("<main")[1]))
    assert "115000" not in text
    assert [name for name in SECURITY_HEADERS if name not in response.headers] == []


def test_offered_pages_are_there(client: Client, published: PublishedEdition) -> None:
    offered = [*suggest_urls("/skills/kubernets/"), *suggest_urls("/articles/what-stacking-skill-do/")]

    assert [client.get(suggestion.path).status_code for suggestion in offered] == [200] * len(offered)
    assert len(offered) > 1


def test_nothing_is_offered_when_nothing_is_published(client: Client, empty_database: None) -> None:
    site_state.forget()

    response = client.get("/skills/kubernets/x/")

    assert response.status_code == 404
    assert "Did you mean" not in response.content.decode()


def test_page_not_found_leads_on_and_names_no_pattern_of_addresses(client: Client, published: PublishedEdition) -> None:
    page = client.get("/nowhere-at-all/").content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    assert re.findall(r'href="([^"]+)"', main) == ["/", "/skills/", "/articles/", "/methodology/"]
    assert not re.search(r"[>\s]/\w+/", main)


@pytest.mark.parametrize(
    ("asked", "status", "title"),
    [
        pytest.param("/fails/", 500, "Something went wrong on our side", id="500"),
        pytest.param("/suspects/", 400, "We cannot read this address", id="400"),
    ],
)
def test_failure_tells_nothing_and_keeps_its_headers(
    client: Client, settings: Any, asked: str, status: int, title: str
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    response = client.get(f"{asked}?salary=115000")

    text = response.content.decode()
    assert (response.status_code, dict(response.cookies)) == (status, {})
    assert f"<h1>{title}</h1>" in text
    assert "of a verdict" in text
    assert not re.search(r"secret|115000|Traceback|RuntimeError|style=|<style|<script", text)
    assert [name for name in SECURITY_HEADERS if name not in response.headers] == []


def test_failure_names_the_request_as_the_log_does(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    response = client.get("/fails/")

    assert f"name this request: <b>{response.headers['X-Request-ID']}</b>" in response.content.decode()


def test_database_that_fails_is_a_moment_to_wait(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    response = client.post("/locked/")

    page = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "reload this page: your browser will ask whether to send the form again" in page
    assert "database is locked" not in page


def test_host_of_another_site_is_refused_without_naming_it(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    text = response.content.decode()
    assert response.status_code == 400
    assert "We cannot read this address" in text
    assert "evil" not in text
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_failure_is_shown_when_static_files_were_never_collected(settings: Any, template: str) -> None:
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    settings.STATIC_ROOT = "/nowhere"
    paths._static_path.cache_clear()  # as in a process that starts so
    environment: Any = engines["jinja2"]
    environment.env.cache.clear()

    page = render_to_string(template)

    assert 'href="/static/css/site.css"' in page
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        render_to_string("404.html", {"page": Page(title="Nothing", description="Nothing"), "suggestions": ()})


@pytest.mark.parametrize("path", ["/admin/", "/verdict/", "/nothing/"])
def test_request_of_which_nothing_can_be_read_is_a_bad_request(path: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "t" * 32

    response = client.generic(
        "POST", path, b"--", content_type="multipart/form-data; boundary=", HTTP_HOST="localhost\r\nX: y"
    )

    assert response.status_code == 400
    assert "We cannot read this address" in response.content.decode()

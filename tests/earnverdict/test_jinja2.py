"""The environment of the public pages' templates."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import NoReverseMatch, include, path
from django.utils.safestring import SafeString
from jinja2 import Environment, UndefinedError


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("elsewhere/", include(([path("", view, name="skills")], "skills")))]


@pytest.fixture
def environment() -> Environment:
    made: Any = engines["jinja2"]
    assert isinstance(made.env, Environment)
    return made.env


def test_every_template_can_be_compiled(environment: Environment) -> None:
    names = environment.list_templates()

    assert [environment.get_template(name).name for name in names] == names
    assert len(names) > 30


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        pytest.param("plain – text", "plain – text", id="nothing special"),
        pytest.param("<b>", "&lt;b&gt;", id="a tag"),
        pytest.param("\"double\" & 'single'", "&#34;double&#34; &amp; &#39;single&#39;", id="quotes"),
        pytest.param(SafeString("<b>"), "<b>", id="HTML already"),
        pytest.param(12, "12", id="a number"),
        pytest.param(True, "True", id="a truth"),
        pytest.param(["<b>"], "[&#39;&lt;b&gt;&#39;]", id="anything else"),
    ],
)
def test_what_is_printed_is_escaped_once(environment: Environment, value: object, printed: str) -> None:
    template = "{% macro echo(text) %}{{ text }}{% endmacro %}{{ value }}, {{ echo(value) }}"

    page = environment.from_string(template).render(value=value)

    assert page == f"{printed}, {printed}"


def test_what_a_template_says_not_to_escape_is_printed_as_it_is(environment: Environment) -> None:
    template = "{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}"

    assert environment.from_string(template).render(value="<b>") == "<b>&lt;b&gt;"


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ nme }}", id="printed"),
        pytest.param("{{ skill.nme }}", id="printed of something"),
        pytest.param("{% if skill.nme %}{% endif %}", id="asked"),
        pytest.param("{% for part in nme %}{% endfor %}", id="repeated"),
    ],
)
def test_misspelt_name_is_an_error(environment: Environment, template: str) -> None:
    with pytest.raises(UndefinedError, match="nme"):
        environment.from_string(template).render(skill=SimpleNamespace(name="Go"), name="Go")


def test_addresses_are_those_of_the_site_that_is_set(environment: Environment, settings: Any) -> None:
    template = '{{ "skills:skills"|url }}'
    before = environment.from_string(template).render()

    settings.ROOT_URLCONF = __name__

    assert (before, environment.from_string(template).render()) == ("/skills/", "/elsewhere/")


def test_static_files_are_found_where_the_settings_say(environment: Environment, settings: Any) -> None:
    template = '{{ "css/site.css"|static }}'
    before = environment.from_string(template).render()

    settings.STATIC_URL = "/files/"

    assert (before, environment.from_string(template).render()) == ("/static/css/site.css", "/files/css/site.css")


def test_path_that_a_template_names_is_looked_up_when_it_is_compiled(environment: Environment, settings: Any) -> None:
    template = environment.from_string('{{ "skills:skills"|url }} {{ "skills:skill"|url(slug) }}')

    settings.ROOT_URLCONF = __name__

    with pytest.raises(NoReverseMatch, match="skill"):
        template.render(slug="go")
    settings.ROOT_URLCONF = "earnverdict.urls"
    assert template.render(slug="go") == "/skills/ /skills/go/"


def test_indentation_of_a_template_is_left_out_of_the_page(environment: Environment) -> None:
    page = environment.from_string("<ul>\n  {% if word %}\n    <li>{{ word }}</li>\n  {% endif %}\n</ul>")

    assert page.render(word="  as it is") == "<ul>\n<li>  as it is</li>\n</ul>"

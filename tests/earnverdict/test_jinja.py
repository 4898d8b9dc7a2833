"""The environment of the public pages' templates."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.safestring import SafeString
from jinja2 import DictLoader, Environment, UndefinedError
from jinja2.runtime import Macro

from earnverdict.jinja import KeptMacro, KeptTexts
from earnverdict.jinja import environment as make_environment


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("elsewhere/", include(([path("", view, name="skills")], "skills")))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    name: str
    notes: Any = ()


LINE = """{% macro line_of(skill) %}<li>{{ skill.name }}{{ url("skills:skills") }}</li>{% endmacro %}
{% set line = line_of|kept %}"""
PAGE = '{% from "line.html" import line %}{{ line(skill) }}'


def environment_of(page: str = PAGE, *, auto_reload: bool = False) -> Environment:
    loader = DictLoader({"line.html": LINE, "page.html": page})
    return make_environment(loader=loader, autoescape=True, auto_reload=auto_reload)


def macro_of(environment: Environment) -> Macro:
    made = environment.get_template("line.html").module.line_of  # type: ignore[attr-defined]  # exported by it
    assert isinstance(made, Macro)
    return made


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
    with pytest.raises((UndefinedError, AttributeError), match="nme"):
        environment.from_string(template).render(skill=SimpleNamespace(name="Go"), name="Go")


def test_method_without_its_brackets_is_an_error(environment: Environment) -> None:
    with pytest.raises(TypeError, match="upper"):
        environment.from_string("{{ name.upper }}").render(name="Go")


def test_calls_hand_on_names_and_the_caller(environment: Environment) -> None:
    macro = "{% macro row(name, note='none') %}{{ name }}, {{ note }}: {{ caller() }}; {% endmacro %}"
    rows = (
        "{% for name in 'AB' %}{% call row(name, note='first' if loop.first else 'last') %}<b>{% endcall %}{% endfor %}"
    )

    page = environment.from_string(macro + rows).render()

    assert page == "A, first: <b>; B, last: <b>; "


def test_addresses_are_those_of_the_site_that_is_set(environment: Environment, settings: Any) -> None:
    template = environment.from_string('{{ url("skills:skills") }}')
    before = template.render()

    settings.ROOT_URLCONF = __name__

    assert (before, template.render()) == ("/skills/", "/elsewhere/")


def test_static_files_are_found_where_the_settings_say(environment: Environment, settings: Any) -> None:
    template = environment.from_string('{{ static("css/site.css") }}')
    before = template.render()

    settings.STATIC_URL = "/files/"

    assert (before, template.render()) == ("/static/css/site.css", "/files/css/site.css")


@pytest.mark.parametrize(
    ("auto_reload", "is_same"), [pytest.param(False, True, id="kept"), pytest.param(True, False, id="development")]
)
def test_text_is_kept_for_the_very_object(auto_reload: bool, is_same: bool) -> None:
    environment = environment_of(auto_reload=auto_reload)
    line = environment.get_template("line.html").module.line  # type: ignore[attr-defined]  # exported by it
    skill = Skill(name="<Go>")

    first, again, equal = line(skill), line(skill), line(Skill(name="<Go>"))

    assert first == again == equal == line.each([skill])[0] == "<li>&lt;Go&gt;/skills/</li>"
    assert (first is again, first is equal) == (is_same, False)


def test_page_prints_a_kept_text_as_html() -> None:
    page = environment_of().get_template("page.html")

    pages = [page.render(skill=Skill(name=name)) for name in ("Go", "R&D", "Go")]

    assert pages == ["<li>Go/skills/</li>", "<li>R&amp;D/skills/</li>", "<li>Go/skills/</li>"]


def test_kept_text_is_of_the_site_that_is_set(settings: Any) -> None:
    page, skill = environment_of().get_template("page.html"), Skill(name="Go")
    before = page.render(skill=skill)

    settings.ROOT_URLCONF = __name__

    assert (before, page.render(skill=skill)) == ("<li>Go/skills/</li>", "<li>Go/elsewhere/</li>")


def test_macro_of_a_page_cannot_be_kept() -> None:
    page = environment_of(f"{LINE}{{{{ line(skill) }}}}").get_template("page.html")

    with pytest.raises(TypeError, match="line_of"):
        page.render(skill=Skill(name="Go"))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(SimpleNamespace(name="Go"), id="an object"),
        pytest.param({"name": "Go"}, id="a dict"),
        pytest.param(Skill(name="Go", notes=("a", ["b"])), id="a list within"),
    ],
)
def test_what_may_change_is_not_kept(value: object) -> None:
    kept = KeptMacro(macro_of(environment_of()), KeptTexts(1000))

    with pytest.raises(TypeError, match="never changes"):
        kept(value)


def test_oldest_text_goes_first() -> None:
    macro = macro_of(environment_of())
    skills = [Skill(name=name) for name in "ABCD"]
    texts = KeptTexts(3 * sys.getsizeof(macro(skills[0])))
    kept = KeptMacro(macro, texts)

    first = kept.each(skills)
    again = [kept(skill) for skill in reversed(skills)]

    assert [old is new for old, new in zip(first, reversed(again), strict=True)] == [False, True, True, True]
    assert texts.bytes == 3 * sys.getsizeof(first[0])


def test_threads_keep_within_the_bytes() -> None:
    macro = macro_of(environment_of())
    skills = [Skill(name=f"skill {number:03}") for number in range(100)]
    texts = KeptTexts(10 * sys.getsizeof(macro(skills[0])))
    kept, answers = KeptMacro(macro, texts), list[list[str]]()
    threads = [Thread(target=lambda: answers.append(kept.each(skills * 5))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [[macro(skill) for skill in skills * 5]] * 4
    assert texts.bytes == 10 * sys.getsizeof(macro(skills[0]))

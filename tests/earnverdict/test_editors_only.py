"""Sessions, accounts and messages are there for the editors' pages, and cost the public ones nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string


def attributes_at(path: str, middleware: list[str]) -> set[str]:
    """What the editors' middleware notes of a request on its way to a view."""
    found: set[str] = set()

    def view(request: HttpRequest) -> HttpResponse:
        found.update({"session", "user", "_messages"} & vars(request).keys())
        return HttpResponse()

    answer: Any = view
    for name in reversed([name for name in middleware if "editors_only" in name]):
        answer = import_string(name)(answer)
    answer(RequestFactory().get(path))
    return found


@pytest.mark.parametrize(
    ("path", "attributes"),
    [
        pytest.param("/office/skills/skill/", {"session", "user", "_messages"}, id="an editors' page"),
        pytest.param("/verdict/", set(), id="a public page"),
        pytest.param("/", set(), id="the first page"),
        pytest.param("/officer/", set(), id="what only begins alike"),
    ],
)
def test_only_editors_pages_have_a_session(path: str, attributes: set[str], settings: Any) -> None:
    settings.ADMIN_PATH = "office/"

    assert attributes_at(path, settings.MIDDLEWARE) == attributes

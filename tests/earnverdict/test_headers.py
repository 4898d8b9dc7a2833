"""The headers that every answer carries: the policy of the settings, or the view's own."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from earnverdict.headers import PrivacyMiddleware


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(
    ("view", "policy"),
    [
        pytest.param(csp_override({})(plain), None, id="none, as Django's own error pages in development"),
        pytest.param(csp_override({"default-src": [CSP.SELF]})(plain), "default-src 'self'", id="another"),
    ],
)
def test_view_may_have_a_policy_of_its_own(view: object, policy: str | None) -> None:
    answer = PrivacyMiddleware(view)(RequestFactory().get("/"))  # type: ignore[arg-type]  # a decorated view

    assert answer.headers.get("Content-Security-Policy") == policy


def test_any_other_has_the_policy_of_the_settings() -> None:
    answer = PrivacyMiddleware(plain)(RequestFactory().get("/"))

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")

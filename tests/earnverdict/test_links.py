"""Which links editors may enter."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from earnverdict.links import ADVICE
from skills.models import Source

REFUSED = [
    "ftp://example.com/a",
    "http://example.com/",
    "javascript:alert(1)",
    "//example.com/",
    "https:///a",
    "https://user:pw@example.com/",
    "https://user@example.com/",
    "https://example.com:99999/",
    "https://example.com\\@evil.example/",
    "https://[::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_source_refuses_a_link_that_is_not_https_to_a_host(address: str) -> None:
    field = Source._meta.get_field("url")

    with pytest.raises(ValidationError) as error:
        field.clean(address, None)

    assert ADVICE in error.value.messages


@pytest.mark.parametrize("address", ["https://example.com/@user?a=1#b", "https://example.com:8443/", ""])
def test_source_takes_a_link_to_a_host_and_none(address: str) -> None:
    assert Source._meta.get_field("url").clean(address, None) == address

"""A port that cannot be used is one sentence that says what to do."""

from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from earnverdict.port import check_port


def test_free_port_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    assert check_port(str(free), command="make run") == free


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "80.5", ""])
def test_text_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        check_port(text, command="make run")

    assert str(refused.value) == f"PORT must be a number from 1 to 65535, not {text!r}."


def test_port_in_use_is_refused() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        busy = listener.getsockname()[1]

        with pytest.raises(ImproperlyConfigured) as refused:
            check_port(str(busy), command="make run")

    assert str(refused.value) == (
        f"Port {busy} cannot be used (Address already in use). Try another: make run PORT={busy % 65535 + 1}"
    )

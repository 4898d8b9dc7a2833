"""Whether the site can listen at an address; says what to do when it cannot."""

from __future__ import annotations

import socket

from django.core.exceptions import ImproperlyConfigured


def usable_port(text: str, *, host: str = "127.0.0.1", command: str) -> int:
    """The port that a text names, free at the host. Raises ImproperlyConfigured; `command` is what to run instead.

    The server lets several processes listen at one port, so it would start beside another without a word.
    """
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise ImproperlyConfigured(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise ImproperlyConfigured(
                f"Port {port} cannot be used ({reason}). Try another: {command} PORT={port % 65535 + 1}"
            ) from None
    return port

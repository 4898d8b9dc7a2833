"""Checks that the site can listen on a port, and suggests another one if it cannot."""

from __future__ import annotations

import socket

from django.core.exceptions import ImproperlyConfigured


def check_port(text: str, *, host: str = "127.0.0.1", command: str) -> int:
    """Return the port if it is free. Raises ImproperlyConfigured, which suggests to run `command`.

    The server lets several processes share a port, so a second site would start without an error.
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

"""Finds a free port on this machine."""

import socket


def free_port() -> int:
    """Return a port that the system chooses. Another process could take it before it is used."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""Finds a port on this machine that nothing listens on."""

import socket


def free_port() -> int:
    """The system's choice; another process could take it before it is used."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

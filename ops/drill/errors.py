"""The exception that stops a drill."""


class ServerError(Exception):
    """The server did not do what the drill needs to continue."""

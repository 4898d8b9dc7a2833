"""What stops a drill."""


class ServerError(Exception):
    """The server did not do what a drill needs to go on."""

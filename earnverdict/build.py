"""Identifies the build: a hash of all files that shape a page. A page also depends on its edition and address."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

_ROOT = Path(__file__).resolve().parent.parent
_SHAPING = ("calculator", "earnverdict", "skills", "static", "templates")
_SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".png", ".webmanifest", ".txt", ".woff2"}


@cache
def build() -> str:
    """Return the hash. It is computed once a process, because new code needs a new process."""
    digest = hashlib.sha256(settings.CONTACT.encode())
    for folder in _SHAPING:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in _SUFFIXES and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(_ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]

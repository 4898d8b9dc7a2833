"""Checks that each lock file is complete: `python -m scripts.check_locks`.

pip installs exactly what a lock file names and resolves nothing. So a lock must name all requirements of its packages
and of its extras, in allowed versions.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parent.parent
#: The lock files, with the extras of pyproject.toml that each contains.
LOCKS = {"requirements.txt": (), "requirements-dev.txt": ("dev",), "requirements-tools.txt": ("dev", "tools")}


def main() -> int:
    """Print what is missing, and return the exit code."""
    problems = [problem for lock, extras in LOCKS.items() for problem in check_lock(lock, _read_requirements(extras))]
    for problem in problems:
        print(f"{problem}; run make lock.", file=sys.stderr)
    return 1 if problems else 0


def check_lock(lock: str, asked: Iterable[Requirement]) -> Iterator[str]:
    """Yield a line for each requirement, direct or of a package, that the lock file lacks."""
    pins = read_lock((PROJECT / lock).read_text(encoding="utf-8"))
    for requirement in asked:
        yield from _missing(requirement, pins, lock, "pyproject.toml")
    for pin in pins.values():
        for requirement in _requirements_of(pin):
            yield from _missing(requirement, pins, lock, pin.name)


def read_lock(text: str) -> dict[str, Requirement]:
    """Return the pins that apply to this machine, by canonical name."""
    lines = (line.rstrip(" \\") for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line))
    pins = (Requirement(line) for line in lines)
    return {canonicalize_name(pin.name): pin for pin in pins if pin.marker is None or pin.marker.evaluate()}


def _missing(requirement: Requirement, pins: dict[str, Requirement], lock: str, by: str) -> Iterator[str]:
    pin = pins.get(canonicalize_name(requirement.name))
    if pin is None:
        yield f"{lock} lacks {requirement.name}, which {by} requires"
    elif lacking := requirement.extras - pin.extras:
        yield f"{lock} names {pin.name} without [{', '.join(sorted(lacking))}], which {by} requires"
    elif not requirement.specifier.contains(_version(pin), prereleases=True):
        yield f"{lock} has {pin.name} {_version(pin)}, and {by} requires {requirement.specifier}"


def _requirements_of(pin: Requirement) -> Iterator[Requirement]:
    """Yield an installed package's requirements on this machine, with its extras; none if it is not installed."""
    try:
        lines = requires(pin.name) or []
    except PackageNotFoundError:
        return
    for line in lines:
        requirement = Requirement(line)
        extras = {"", *pin.extras}
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement


def _version(pin: Requirement) -> Version:
    return Version(str(pin.specifier).removeprefix("=="))


def _read_requirements(extras: Iterable[str]) -> Iterator[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    for line in [*project["dependencies"], *(line for extra in extras for line in optional[extra])]:
        yield Requirement(line)


if __name__ == "__main__":
    sys.exit(main())

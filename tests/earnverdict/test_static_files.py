"""Collected files can be read by a proxy, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings


@pytest.fixture
def _umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_collected_files_are_readable_for_all(settings: Settings, tmp_path: Path) -> None:
    source, collected = tmp_path / "source" / "css", tmp_path / "collected"
    source.mkdir(parents=True)
    (source / "site.css").write_text("a { color: red }\n" * 100)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = collected
    storage = {"BACKEND": "earnverdict.static_files.ReadableStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}

    call_command("collectstatic", verbosity=0, interactive=False)

    made = [collected, *collected.rglob("*")]
    assert {path.suffix for path in made} == {"", ".css", ".gz", ".br", ".json"}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o755}

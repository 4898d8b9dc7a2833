"""The gazetteer's file and its search: built once, found by exact name, by beginning and with one error."""

from __future__ import annotations

import inspect
import lzma
import resource
import signal
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from skills.places import gazetteer_file as gazetteer
from skills.places.gazetteer import MIN_LETTERS_TO_MISSPELL, Gazetteer, find_gazetteer_state, open_gazetteer
from skills.places.gazetteer_file import prepare_gazetteer
from skills.places.names import fold

#: Names of the gazetteer that are long enough to be misspelt.
NAMES = (
    "berlin",
    "boulder creek",
    "leeds",
    "san francisco",
    "albuquerque",
    "gdansk",
    "москва",
    "oxford",
    "paris",
    "perth",
)


@pytest.fixture(scope="module")
def towns() -> Gazetteer:
    opened = open_gazetteer(settings.GAZETTEER_FOLDER)
    assert opened is not None
    return opened


@pytest.fixture
def small_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table with three lines, so that its file is made at once."""
    lines = [
        "country\tGermany\tde\tdeu\t\t\t\t\t*deutschland|alemania",
        "town\tBerlin\tde\t\tbe\t\t3426354\tde-berlin\tberolino",
        "postal\t95000\tus\t95199\tca\t\t\tus-san-jose-ca\t",
    ]
    path = tmp_path / "gazetteer.tsv.xz"
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode()))
    monkeypatch.setattr(gazetteer, "TABLE", path)
    return tmp_path / "places"


def test_threads_share_the_gazetteer(towns: Gazetteer) -> None:
    expected = towns.find_named(NAMES)

    def read(_: int) -> bool:
        return all(towns.find_named(NAMES[: count % 10 + 1]).items() <= expected.items() for count in range(100))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(read, range(8)))
    finally:
        sys.setswitchinterval(before)


def test_file_is_made_when_it_is_missing_and_replaces_older_ones(small_table: Path) -> None:
    small_table.mkdir()
    (small_table / "gazetteer-0123456789abcdef.sqlite3").touch()

    path = prepare_gazetteer(small_table)
    made_at = path.stat().st_mtime_ns
    again = prepare_gazetteer(small_table)

    assert [*small_table.iterdir()] == [path] == [again]
    assert again.stat().st_mtime_ns == made_at


@pytest.mark.parametrize("number", range(len(gazetteer.CODE)), ids=[path.name for path in gazetteer.CODE])
def test_file_is_made_again_by_other_code(small_table: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    old = prepare_gazetteer(small_table)
    changed = small_table.parent / "changed.py"
    changed.write_text(f"{gazetteer.CODE[number].read_text()}# a change\n")
    code = [*gazetteer.CODE[:number], changed, *gazetteer.CODE[number + 1 :]]
    monkeypatch.setattr(gazetteer, "CODE", code)

    new = prepare_gazetteer(small_table)

    assert new != old
    assert [*small_table.iterdir()] == [new]


def test_file_depends_on_the_modules_that_fold_names_and_write_it() -> None:
    modules = [inspect.getsourcefile(function) for function in (prepare_gazetteer, fold)]

    assert [str(path) for path in gazetteer.CODE] == modules


def test_several_processes_may_make_the_file_at_once(small_table: Path) -> None:
    paths: list[Path] = []
    threads = [threading.Thread(target=lambda: paths.append(prepare_gazetteer(small_table))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Gazetteer(paths[0])

    assert len(set(paths)) == 1
    assert [*small_table.iterdir()] == [paths[0]]
    assert [place.name for place in found.find_named(["berlin"])["berlin"]] == ["Berlin"]
    found.close()


@pytest.mark.parametrize("name", ["h#sh", "q?x=1", "100%25", "a folder"])
def test_folder_may_have_any_name(small_table: Path, name: str) -> None:
    folder = small_table / name

    path = prepare_gazetteer(folder)
    made_at = path.stat().st_mtime_ns
    found = Gazetteer(prepare_gazetteer(folder))

    assert [place.name for place in found.find_named(["berlin"])["berlin"]] == ["Berlin"]
    assert path.stat().st_mtime_ns == made_at
    found.close()


@pytest.mark.parametrize(
    "statement", ["DELETE FROM places WHERE id > 1", "DELETE FROM names", "DELETE FROM postal_codes"]
)
def test_file_without_some_rows_is_made_again(
    small_table: Path, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = prepare_gazetteer(small_table)
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)

    again = prepare_gazetteer(small_table)

    assert again.read_bytes() == whole
    assert "is damaged and is made again" in caplog.text


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole[: len(whole) // 2], id="half"),
        pytest.param(lambda _: b"a text" * 99, id="no-database"),
    ],
)
def test_damaged_file_is_made_again(small_table: Path, spoil: Any, caplog: pytest.LogCaptureFixture) -> None:
    path = prepare_gazetteer(small_table)
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))

    again = prepare_gazetteer(small_table)

    assert again.read_bytes() == whole
    assert "is damaged and is made again" in caplog.text


def test_unfinished_files_of_killed_processes_are_removed(small_table: Path) -> None:
    small_table.mkdir()
    (small_table / "gazetteer-new-abc").touch()

    path = prepare_gazetteer(small_table)

    assert [*small_table.iterdir()] == [path]


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file become larger than some bytes, as on a full disk: the tests' own report neither, so be short."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_full_disk_leaves_the_search_to_the_catalogue(small_table: Path, caplog: pytest.LogCaptureFixture) -> None:
    with full_disk(), pytest.raises(OSError, match=r"cannot be written \(.*(full|I/O)"):
        prepare_gazetteer(small_table)

    assert find_gazetteer_state(small_table) == "not opened"
    with full_disk():
        assert open_gazetteer(small_table) is None
    assert find_gazetteer_state(small_table) == "missing"
    assert [*small_table.iterdir()] == []
    assert "There is no gazetteer" in caplog.text


def test_file_that_cannot_be_read_any_more_finds_nothing(small_table: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = open_gazetteer(small_table)
    assert found is not None
    path = prepare_gazetteer(small_table)
    path.write_bytes(path.read_bytes()[:4096])

    assert find_gazetteer_state(small_table) == "open"
    assert found.find_named(["berlin"]) == {}
    assert find_gazetteer_state(small_table) == "missing"
    found.close()


def test_threads_open_the_gazetteer_once(small_table: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        opened = {*threads.map(lambda _: open_gazetteer(small_table), range(8))}

    assert len(opened) == 1
    for found in opened:
        assert found is not None
        found.close()


def test_country_has_its_own_name_and_others(small_table: Path) -> None:
    found = Gazetteer(prepare_gazetteer(small_table))

    named = found.find_named(["deutschland", "alemania", "germany"])
    found.close()

    assert {name: [(place.name, place.is_own) for place in places] for name, places in named.items()} == {
        "deutschland": [("Germany", True)],
        "germany": [("Germany", True)],
        "alemania": [("Germany", False)],
    }


def test_index_works_without_a_folder_to_write_to(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    small_table.write_text("a file is in the place of the folder")
    own_folders = tmp_path / "own"
    own_folders.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own_folders))

    found = open_gazetteer(small_table)

    assert found is not None
    assert found.find_postal("95110") == ("ca", "us-san-jose-ca")
    assert [*own_folders.iterdir()] == []
    assert "cannot be kept in" in caplog.text
    found.close()


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        pytest.param("95006", ("ca", "us-santa-cruz-ca"), id="metro"),
        pytest.param("99501", ("ak", "us-anchorage-ak"), id="alaska"),
        pytest.param("00000", None, id="below-all"),
        pytest.param("99999", None, id="above-all"),
    ],
)
def test_postal_code_has_a_state_and_a_metro_area(towns: Gazetteer, code: str, answer: tuple[str, str] | None) -> None:
    assert towns.find_postal(code) == answer


def test_beginning_finds_the_largest_places(towns: Gazetteer) -> None:
    assert towns.find_beginning_with("amsterd")[0].name == "Amsterdam"
    assert towns.find_beginning_with("am") == []


@given(data=st.data())
def test_name_with_one_error_is_found(towns: Gazetteer, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    place, letter = data.draw(st.integers(0, len(name) - 1)), data.draw(st.sampled_from("aeiorst"))
    before, wrong, after = name[:place], name[place], name[place + 1 :]
    changed = [before + letter + wrong + after, before + letter + after, before + after]
    changed.append(before + after[:1] + wrong + after[1:])
    typed = data.draw(st.sampled_from(changed))

    found = towns.find_near(typed)

    assert typed == name or len(typed) < MIN_LETTERS_TO_MISSPELL or name in found
    assert typed not in found

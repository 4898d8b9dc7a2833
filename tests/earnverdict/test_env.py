"""Typed values from the environment, and errors that say what to write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from earnverdict import env

NAME = "EARNVERDICT_MADE_UP"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)


def test_secret_comes_from_the_environment_or_the_default_or_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "secret-key"

    missing = env.secret(NAME, file, "")
    file.write_text("from the file\n")
    read, default = env.secret(NAME, file, ""), env.secret(NAME, file, "default")
    monkeypatch.setenv(NAME, "from the environment")

    assert (missing, read, default) == ("", "from the file", "default")
    assert env.secret(NAME, file, "default") == "from the environment"


@pytest.mark.parametrize("content", ["", " \n"])
def test_file_with_an_empty_secret_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str) -> None:
    monkeypatch.setenv(NAME, " ")
    (tmp_path / "secret-key").write_text(content)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret(NAME, tmp_path / "secret-key", "")

    assert str(refused.value) == (
        f"The secret in {tmp_path}/secret-key is empty. "
        "Delete the file, so that `make serve` makes another, or set EARNVERDICT_MADE_UP."
    )


def test_file_that_cannot_be_read_as_a_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\xff\xfe")
    reasons = {tmp_path: "Is a directory", tmp_path / "text": "it is not UTF-8 text"}

    for file, reason in reasons.items():
        with pytest.raises(ImproperlyConfigured) as refused:
            env.secret(NAME, file, "")

        assert str(refused.value) == (
            f"The secret in {file} cannot be read: {reason}. Let this user read it, or set EARNVERDICT_MADE_UP."
        )


@pytest.mark.parametrize(
    ("value", "is_set"),
    [(value, True) for value in ("1", "true", "TRUE", "yes", "on", " 1 ")]
    + [(value, False) for value in ("0", "false", "False", "no", "off")],
)
def test_flag_is_read(monkeypatch: pytest.MonkeyPatch, value: str, is_set: bool) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.flag(NAME) is is_set
    assert env.flag(NAME, default=True) is is_set


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_not_set_or_empty_is_the_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    assert env.flag(NAME, default=default) is default

    monkeypatch.setenv(NAME, " ")

    assert env.flag(NAME, default=default) is default


def test_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "maybe")

    with pytest.raises(ImproperlyConfigured, match=r"^EARNVERDICT_MADE_UP must be 1 or 0, not 'maybe'\.$"):
        env.flag(NAME)


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("7", 7), (" 12 ", 12), ("", 2)])
def test_whole_number_is_read(monkeypatch: pytest.MonkeyPatch, value: str, number: int) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.whole(NAME, 2) == number


def test_whole_number_that_is_not_set_is_the_default() -> None:
    assert env.whole(NAME, 2) == 2


@pytest.mark.parametrize("value", ["two", "-1", "1.5", "1e3", "1_000", "²", "٣"])
def test_what_is_no_whole_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.whole(NAME, 2)

    assert str(refused.value) == f"EARNVERDICT_MADE_UP must be a whole number of zero or more, not {value!r}."


@pytest.mark.parametrize(
    ("value", "items"),
    [(",", []), ("a", ["a"]), ("a.example, b.example", ["a.example", "b.example"]), (" , a ,, ", ["a"])],
)
def test_names_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch, value: str, items: list[str]) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.names(NAME) == items


def test_names_that_are_not_set_or_empty_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.names(NAME) == []
    assert env.names(NAME, "localhost,127.0.0.1") == ["localhost", "127.0.0.1"]

    monkeypatch.setenv(NAME, "")

    assert env.names(NAME, "localhost,127.0.0.1") == ["localhost", "127.0.0.1"]


@pytest.mark.parametrize("folder", ["admin/", "Editors-Room-2/"])
def test_folder_is_read(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv(NAME, f" {folder} ")

    assert env.folder(NAME, "admin/") == folder


def test_folder_that_is_not_set_is_the_default() -> None:
    assert env.folder(NAME, "admin/") == "admin/"


@pytest.mark.parametrize("folder", ["admin", "/admin/", "/", "a/b/", "a b/", "../", "räume/", "admin/\n/", "(admin)/"])
def test_folder_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv(NAME, folder)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.folder(NAME, "admin/")

    assert str(refused.value) == (
        f"EARNVERDICT_MADE_UP must be letters, digits and dashes, ended by a slash, as editors-room/, not {folder!r}."
    )


@pytest.mark.parametrize(
    "contact",
    ["figures@example.org", "figures@localhost", "https://example.org/owner/repository/issues/new?labels=figure"],
)
def test_contact_is_read(monkeypatch: pytest.MonkeyPatch, contact: str) -> None:
    monkeypatch.setenv(NAME, f" {contact} ")

    assert env.contact(NAME) == contact


def test_contact_that_is_not_set_or_empty_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.contact(NAME) == ""

    monkeypatch.setenv(NAME, " ")

    assert env.contact(NAME, "figures@localhost") == "figures@localhost"


@pytest.mark.parametrize(
    "contact",
    [
        "figures",
        "a@b@c",
        "figures@example.org?cc=all@example.org",
        "http://example.org/new",
        "mailto:figures@example.org",
        "javascript://example.org/%0Aalert(1)",
        "https://",
    ],
)
def test_contact_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch, contact: str) -> None:
    monkeypatch.setenv(NAME, contact)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.contact(NAME)

    assert str(refused.value) == (
        "EARNVERDICT_MADE_UP must be an e-mail address, or the https:// address where a new issue is opened, "
        f"not {contact!r}."
    )


@pytest.mark.parametrize(
    ("address", "engine", "name"),
    [
        pytest.param("sqlite:////folder/site.sqlite3", "sqlite3", "/folder/site.sqlite3", id="sqlite"),
        pytest.param("sqlite:///site.sqlite3", "sqlite3", "site.sqlite3", id="sqlite-beside"),
        pytest.param("postgres://user:secret@host:5433/site", "postgresql", "site", id="postgres"),
        pytest.param("postgresql://user@%2Ffolder:5432/site", "postgresql", "site", id="postgresql-on-a-socket"),
        pytest.param("", "sqlite3", "default.sqlite3", id="empty"),
    ],
)
def test_database_address_is_read(monkeypatch: pytest.MonkeyPatch, address: str, engine: str, name: str) -> None:
    monkeypatch.setenv(NAME, address)

    database = env.database(NAME, "sqlite:///default.sqlite3")

    assert (database["ENGINE"], database["NAME"]) == (f"django.db.backends.{engine}", name)
    assert database["CONN_MAX_AGE"] is None


@pytest.mark.parametrize(
    "address",
    ["nonsense", "http://user:secret@host/site", "postgres://user:secret@host:port/site", "postgres//user:secret@host"],
)
def test_bad_database_address_is_refused_and_its_password_kept(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(NAME, address)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.database(NAME, "sqlite:///default.sqlite3")

    assert str(refused.value) == (
        "EARNVERDICT_MADE_UP is not a database address. "
        "Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
    )
    assert "secret" not in repr(refused.value.__cause__)


def test_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "mysql://user:secret@host/site")

    with pytest.raises(ImproperlyConfigured, match=r"^EARNVERDICT_MADE_UP must name SQLite or PostgreSQL\.$"):
        env.database(NAME, "sqlite:///default.sqlite3")


def test_file_fills_in_what_the_environment_does_not_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"# A comment\n{NAME}=from the file\n{NAME}_TOO='from the file'\n")
    monkeypatch.setenv(NAME, "from the environment")
    monkeypatch.setenv(f"{NAME}_TOO", "")
    monkeypatch.delenv(f"{NAME}_TOO")

    env.load(tmp_path / ".env")

    assert (env.text(NAME), os.environ[f"{NAME}_TOO"]) == ("from the environment", "from the file")


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")

    with pytest.raises(ImproperlyConfigured) as refused:
        env.load(tmp_path / ".env")

    assert str(refused.value) == f"{tmp_path}/.env cannot be read: it is not UTF-8 text."


def test_missing_file_is_no_error(tmp_path: Path) -> None:
    env.load(tmp_path / ".env")

    assert env.text(NAME) == ""

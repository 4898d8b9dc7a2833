"""The environment and `.env`: empty is not set, and errors say what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError

from earnverdict import env as env_module
from earnverdict.env import SettingsEnv, check_contact, read_database, read_env_file, read_secret

NAME = "EARNVERDICT_MADE_UP"


@pytest.fixture(autouse=True)
def env(monkeypatch: pytest.MonkeyPatch) -> SettingsEnv:
    """A reader that has read no file, in place of the one of the settings."""
    monkeypatch.delenv(NAME, raising=False)
    made = SettingsEnv()
    monkeypatch.setattr(env_module, "env", made)
    return made


@pytest.mark.parametrize("value", [None, "", " "], ids=["unset", "empty", "blank"])
def test_setting_that_is_empty_is_the_default(
    monkeypatch: pytest.MonkeyPatch, env: SettingsEnv, value: str | None
) -> None:
    if value is not None:
        monkeypatch.setenv(NAME, value)

    assert (env.str(NAME, "default"), env.bool(NAME, True), env.int(NAME, 2)) == ("default", True, 2)
    assert (env.path(NAME, Path("var")), env.list(NAME, ["a"])) == (Path("var"), ["a"])


def test_space_around_a_setting_does_not_count(monkeypatch: pytest.MonkeyPatch, env: SettingsEnv) -> None:
    monkeypatch.setenv(NAME, " 1 ")

    assert (env.str(NAME), env.bool(NAME), env.int(NAME)) == ("1", True, 1)


def test_secret_is_read_from_the_file_if_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"

    missing = read_secret(file)
    file.write_text("from the file\n")

    assert (missing, read_secret(file)) == ("", "from the file")


@pytest.mark.parametrize("content", ["", " \n"])
def test_file_with_an_empty_secret_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret-key").write_text(content)

    with pytest.raises(ImproperlyConfigured) as refused:
        read_secret(tmp_path / "secret-key")

    assert str(refused.value) == (
        f"The secret in {tmp_path}/secret-key is empty. "
        "Delete the file, so that `make serve` makes another, or set EARNVERDICT_SECRET_KEY."
    )


def test_file_that_cannot_be_read_as_a_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\xff\xfe")
    reasons = {tmp_path: "Is a directory", tmp_path / "text": "it is not UTF-8 text"}

    for file, reason in reasons.items():
        with pytest.raises(ImproperlyConfigured) as refused:
            read_secret(file)

        assert str(refused.value) == (
            f"The secret in {file} cannot be read: {reason}. Let this user read it, or set EARNVERDICT_SECRET_KEY."
        )


@pytest.mark.parametrize(
    "contact",
    ["figures@example.org", "figures@localhost", "https://example.org/owner/repository/issues/new?labels=figure"],
)
def test_contact_is_accepted(contact: str) -> None:
    check_contact(contact)


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
def test_contact_of_another_kind_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError, match="must be an e-mail address"):
        check_contact(contact)


@pytest.mark.parametrize(
    ("address", "engine", "name"),
    [
        pytest.param("sqlite:////folder/site.sqlite3", "sqlite3", "/folder/site.sqlite3", id="sqlite"),
        pytest.param("sqlite:///site.sqlite3", "sqlite3", "site.sqlite3", id="sqlite-in-the-folder"),
        pytest.param("postgres://user:secret@host:5433/site", "postgresql", "site", id="postgres"),
        pytest.param("postgresql://user@%2Ffolder:5432/site", "postgresql", "site", id="postgresql-on-a-socket"),
        pytest.param("", "sqlite3", "default.sqlite3", id="empty"),
    ],
)
def test_database_address_is_read(monkeypatch: pytest.MonkeyPatch, address: str, engine: str, name: str) -> None:
    monkeypatch.setenv(NAME, address)

    database = read_database(NAME, "sqlite:///default.sqlite3")

    assert (database["ENGINE"], database["NAME"]) == (f"django.db.backends.{engine}", name)
    assert database["CONN_MAX_AGE"] is None


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "http://user:secret@host/site",
        "postgres://user:secret@host:port/site",
        "mysql://user:secret@host/site",
    ],
)
def test_bad_database_address_is_refused_and_its_password_kept(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(NAME, address)

    with pytest.raises(ImproperlyConfigured) as refused:
        read_database(NAME, "sqlite:///default.sqlite3")

    assert str(refused.value) == (
        "EARNVERDICT_MADE_UP is not a database address. "
        "Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
    )
    assert (refused.value.__cause__, refused.value.__context__) == (None, None)


def test_file_fills_in_what_the_environment_does_not_say(
    monkeypatch: pytest.MonkeyPatch, env: SettingsEnv, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"# A comment\n{NAME}=from the file\n{NAME}_TOO='from the file'\n")
    monkeypatch.setenv(NAME, "from the environment")

    read_env_file(tmp_path / ".env")

    assert (env.str(NAME), env.str(f"{NAME}_TOO")) == ("from the environment", "from the file")


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")

    with pytest.raises(ImproperlyConfigured) as refused:
        read_env_file(tmp_path / ".env")

    assert str(refused.value) == f"{tmp_path}/.env cannot be read: it is not UTF-8 text."


def test_missing_file_is_no_error(env: SettingsEnv, tmp_path: Path) -> None:
    read_env_file(tmp_path / ".env")

    assert env.str(NAME, "") == ""

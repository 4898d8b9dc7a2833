"""Starts the real site and the real Chromium that the browser tests drive."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import ConsoleMessage, Page

PROJECT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 30
# A refused answer has its status logged by the browser; a request that a newer page replaced, by htmx.
EXPECTED = ("status of", "htmx:afterRequest", "htmx:sendAbort")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site with a database of its own."""

    address: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command against the site's database and give what it printed."""
        return _manage(self.environment, *arguments)

    def python(self, code: str) -> str:
        """Run Python code with the site's models at hand and give what it printed."""
        return self.manage("shell", "--verbosity=0", "--command", code)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as a browser test."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Launch the system's Chromium where there is one, else Playwright's own."""
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {
        **browser_type_launch_args,
        **({"executable_path": installed} if installed else {}),
        "chromium_sandbox": os.geteuid() != 0,  # as root Chromium starts only without
        "args": QUIET,
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the site as `make run` does, on a free port, with the catalogue loaded into an SQLite file of its own."""
    folder = tmp_path_factory.mktemp("site")
    environment = _environment(folder) | {"EARNVERDICT_DEBUG": "1"}
    _load(environment)
    with _running(environment, folder) as running:
        yield running


@pytest.fixture(scope="session")
def production_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the site as visitors meet it: no DEBUG, and hashed static files that are compressed already."""
    folder = tmp_path_factory.mktemp("production")
    environment = _environment(folder) | {
        "EARNVERDICT_DEBUG": "0",
        "EARNVERDICT_SECRET_KEY": "for a site that lives as long as a test",
        "EARNVERDICT_HTTPS": "0",
        "EARNVERDICT_CONTACT": "figures@example.org",
    }
    _load(environment)
    _manage(environment, "collectstatic", "--no-input", "--verbosity=0")
    with _running(environment, folder) as running:
        yield running


@pytest.fixture(autouse=True)
def complaints(page: Page) -> Iterator[list[str]]:
    """A page that breaks its own content policy or script says so on the console: no test may leave one."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in EXPECTED):
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


@pytest.fixture(autouse=True)
def policy_breaches(page: Page) -> Iterator[list[str]]:
    """What the browser refused because of a page's content policy, as it tells the page: no test may leave one."""
    told: list[str] = []
    page.expose_function("tellOfBreach", lambda breach: told.append(breach))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI, documentURI}) =>"
        " tellOfBreach(`${violatedDirective} refused ${blockedURI} at ${documentURI}`))"
    )
    yield told
    assert told == []


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Let `page.goto("/")` open the site."""
    return site.address


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "earnverdict.settings",
        "EARNVERDICT_STATE_FOLDER": str(folder / "state"),
        "PYTHONUNBUFFERED": "1",
    }


def _load(environment: dict[str, str]) -> None:
    _manage(environment, "migrate", "--verbosity=0")
    _manage(environment, "load_catalogue")


@contextmanager
def _running(environment: dict[str, str], folder: Path) -> Iterator[Site]:
    port = _free_port()
    log = folder / "site.log"
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output) as server,
    ):
        running = Site(address=f"http://127.0.0.1:{port}", environment=environment)
        try:
            _wait_until_it_answers(running.address, server, log)
            yield running
        finally:
            server.kill()


def _manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    finished = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if finished.returncode:
        pytest.fail(f"manage.py {' '.join(arguments)} failed:\n{finished.stdout}{finished.stderr}", pytrace=False)
    return finished.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=SECONDS_TO_START):
                return
        except HTTPError:
            return  # an error page is an answer: the test that opens it will say what is wrong
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the site did not start:\n{log.read_text()}", pytrace=False)

"""Starts the real site and the real Chromium that the browser tests drive."""

from __future__ import annotations

import json
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
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError, expect

from tests.real_site import PROJECT, copy_real_site

BROWSERS = ("/usr/lib/chromium/chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FONTS = Path(__file__).parent / "fonts"
# Each window would start a process for the list below its address bar. This list takes the place of Playwright's own.
UNUSED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)
QUIET = [
    f"--disable-features={','.join(UNUSED)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # each page would start one of its own
]
SECONDS_TO_START = 120
# A busy machine is slow: how long an answer takes is no reason to fail.
MILLISECONDS_TO_WAIT = 30_000
# A refused answer has its status logged by the browser; a request that a newer page replaced, by htmx.
EXPECTED = ("status of", "htmx:afterRequest", "htmx:sendAbort")
# Only the files with a hash in their name are asked for: the others need not be compressed.
COLLECT_STATIC = """
from django.conf import settings
from django.core.management import call_command
settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = True
call_command("collectstatic", verbosity=0)
"""
PASSWORD = "made up for the browser"

expect.set_options(timeout=MILLISECONDS_TO_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site with a database of its own."""

    address: str
    database: Path
    shell: Shell

    def python(self, code: str) -> str:
        """Run Python code with the site's models at hand and give what it printed."""
        return self.shell.run(code)

    def wait_until_shown(self, path: str, text: str) -> None:
        """Wait until the page at `path` has the text: what is published is seen a moment later."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            with urlopen(self.address + path, timeout=SECONDS_TO_START) as page:
                if text in page.read().decode():
                    return
            time.sleep(0.1)
        pytest.fail(f"{path} does not show “{text}”")


class Shell:
    """A Python process with the site's models at hand; it stays open, because starting one takes a second."""

    LOOP = """
import contextlib, io, json, sys, traceback
import django
django.setup()
for line in sys.stdin:
    printed, failure = io.StringIO(), ""
    with contextlib.redirect_stdout(printed):
        try:
            exec(json.loads(line), {})
        except BaseException:
            failure = traceback.format_exc()
    print(json.dumps([printed.getvalue(), failure]), flush=True)
"""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, code: str) -> str:
        """Run the code and give what it printed; the test fails with what it raised."""
        self._write.write(json.dumps(code) + "\n")
        self._write.flush()
        printed, failure = json.loads(self._read.readline() or '["", "The process has ended."]')
        if failure:
            pytest.fail(f"{code}\nfailed:\n{printed}{failure}", pytrace=False)
        return str(printed)

    @property
    def _write(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _read(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as a browser test."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


# The site


@pytest.fixture(scope="session")
def site(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the site as visitors meet it: no DEBUG, hashed and compressed static files, the real catalogue."""
    folder = tmp_path_factory.mktemp("site")
    environment = copy_real_site(real_folder, folder) | {
        "EARNVERDICT_DEBUG": "0",
        "EARNVERDICT_SECRET_KEY": "for a site that lives as long as a test",
        "EARNVERDICT_HTTPS": "0",
        "EARNVERDICT_CONTACT": "figures@example.org",
        "EARNVERDICT_WATCH_SECONDS": "1",
        "PYTHONUNBUFFERED": "1",
    }
    with _open_shell(environment, folder) as shell:
        shell.run(COLLECT_STATIC)
        with _running(environment, folder) as address:
            yield Site(address=address, database=folder / "site.sqlite3", shell=shell)


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Let `page.goto("/")` open the site."""
    return site.address


@pytest.fixture(scope="session")
def session_key(site: Site) -> str:
    """The session of "walker", an editor with every permission who has signed in."""
    return site.python(
        "from django.contrib.auth.models import User\n"
        "from django.test import Client\n"
        "client = Client()\n"
        f"client.force_login(User.objects.create_superuser('walker', password={PASSWORD!r}))\n"
        "print(client.session.session_key)"
    ).strip()


@pytest.fixture
def editor(page: Page, site: Site, session_key: str) -> Page:
    """A page of that editor's browser."""
    sign_in(page.context, site, session_key)
    return page


def sign_in(context: BrowserContext, site: Site, session_key: str) -> None:
    """Give the browser the editor's session."""
    context.add_cookies([{"name": "sessionid", "value": session_key, "url": site.address}])


def turn_cache_off(page: Page) -> None:
    """Let the page keep nothing that it fetched before: all tests share one cache."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})


@contextmanager
def _open_shell(environment: dict[str, str], folder: Path) -> Iterator[Shell]:
    with (
        (folder / "shell.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", Shell.LOOP],
            cwd=PROJECT,
            env=environment | {"EARNVERDICT_WATCH_SECONDS": "0"},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        yield Shell(process)  # it ends when its input does


@contextmanager
def _running(environment: dict[str, str], folder: Path) -> Iterator[str]:
    port = _free_port()
    log = folder / "site.log"
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output) as server,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_it_answers(address, server, log)
            yield address
        finally:
            server.kill()


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


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Launch the system's Chromium where there is one, else Playwright's own; it knows one font, a wide one."""
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {
        **browser_type_launch_args,
        **({"executable_path": installed} if installed else {}),
        "chromium_sandbox": os.geteuid() != 0,  # as root Chromium starts only without
        "args": QUIET,
        "env": os.environ | {"FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
        "timeout": SECONDS_TO_START * 1000,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Let nothing be still on its way when it is measured."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def shared_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One window for all tests: a new one costs more time than most of them."""
    with browser.new_context(**browser_context_args) as context:
        yield context


@pytest.fixture
def context(shared_context: BrowserContext) -> Iterator[BrowserContext]:
    """A visitor who was never here: no test leaves a page or a cookie to the next."""
    yield shared_context
    for page in shared_context.pages:
        page.close()
    shared_context.clear_cookies()


@pytest.fixture(scope="session")
def plain_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """A window in which no script runs."""
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        yield context


@pytest.fixture
def plain_page(plain_context: BrowserContext) -> Iterator[Page]:
    """A page of a visitor without JavaScript."""
    page = plain_context.new_page()
    yield page
    page.close()
    plain_context.clear_cookies()


@pytest.fixture(autouse=True)
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """What a page's script or its content policy makes the browser say on its console: no test may leave anything."""
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in EXPECTED):
            said.append(message.text)

    def note(error: WebError) -> None:
        said.append(str(error.error))

    context.on("console", listen)
    context.on("weberror", note)
    yield said
    context.remove_listener("console", listen)
    context.remove_listener("weberror", note)
    assert said == []

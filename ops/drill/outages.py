"""Drills of the database: an outage, an outage at the server's start, a lock by another process."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

from ops.drill.databases import new_database, running_postgres
from ops.drill.editor import Editor
from ops.drill.load import ask, mixed_addresses, readers
from ops.drill.result import Result, at_most, holds, no_failures
from ops.drill.site import Server, Site, postgres_site, process_tree, sqlite_site, wait_until

OUTAGE_SECONDS = 30.0
LOCK_SECONDS = 10.0
CROWD = 16
PATIENCE_OF_CROWD = 5.0
#: Seconds that the site may take to be ready after the database, in addition to the watcher's interval of a second.
MAX_SECONDS_BACK = 5.0
WATCH_SECONDS = 1.0
MAX_SECONDS_TO_START = 15.0


def postgres_stopped(*, is_behind_nginx: bool = False) -> Result:
    """PostgreSQL stops for half a minute: readers notice nothing, and /readyz reports it."""
    with postgres_site(new_database(), is_behind_nginx=is_behind_nginx) as site, site.served() as server:
        with readers(server.endpoint) as count:
            time.sleep(1)
            with _no_postgres():
                reported = server.wait_for("degraded")
                time.sleep(max(0.0, OUTAGE_SECONDS - reported))
            back = server.wait_for("ready")
            time.sleep(1)
        return Result(
            demands=[
                no_failures(count),
                at_most("degraded after", 2 * WATCH_SECONDS + 5, reported, "s"),
                at_most("ready again after", MAX_SECONDS_BACK + WATCH_SECONDS, back, "s"),
                holds("the log reports the outage", "Cannot look for a new edition" in server.log),
            ],
            count=count,
        )


def started_without_database() -> Result:
    """The server starts while PostgreSQL is stopped, and shows what it saved on disk before."""
    with postgres_site(new_database()) as site:
        with site.served() as server:
            addresses = mixed_addresses(server.endpoint)
        with _no_postgres():
            began = time.monotonic()
            with site.served(wait=False) as server:
                wait_until(lambda: server.status() == "degraded", seconds=30, what="a page without the database")
                page = ask(server.endpoint, "/")
                took = time.monotonic() - began
                server.wait_for("degraded")
                with readers(server.endpoint, addresses) as count:
                    time.sleep(5)
    return Result(
        demands=[
            at_most("the first page after", MAX_SECONDS_TO_START, took, "s"),
            holds("it is a whole page", page.status == 200 and b"</html>" in page.body),
            no_failures(count),
        ],
        count=count,
    )


def started_with_damaged_files() -> Result:
    """The saved file of the newest edition is damaged, then those of all, while the database is stopped."""
    with postgres_site(new_database()) as site:
        site.publish("The second edition")
        with site.served():
            pass  # saves both editions
        first, second = sorted((site.state / "site" / "editions").glob("*.json.z"))
        with _no_postgres():
            second.write_bytes(b"\0" + second.read_bytes()[1:])
            shown, _ = _start(site)
            first.write_bytes(first.read_bytes()[:-10])
            status_without_any, page = _start(site)
        log = site.log.read_text()
        with site.served() as server:
            back = ask(server.endpoint, "/readyz").body
    return Result(
        demands=[
            holds("the older edition is shown", '"edition": 1' in shown),
            holds("the log names the refused file", f"{second.name} is refused" in log),
            holds("without any edition: a clear 503", page == "503" and "not ready" in status_without_any),
            holds("with the database the newest edition is back", b'"edition": 2' in back),
        ]
    )


def sqlite_locked(*, is_behind_nginx: bool = False) -> Result:
    """Another process holds the database's lock for ten seconds, while an editor tries to save."""
    with sqlite_site(is_behind_nginx=is_behind_nginx) as site, site.served() as server:
        editor = Editor.signed_in(site, server.endpoint)
        with readers(server.endpoint) as count:
            time.sleep(1)
            lock = sqlite3.connect(site.folder / "site.sqlite3", isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
            time.sleep(LOCK_SECONDS)
            lock.execute("COMMIT")
            lock.close()
            time.sleep(1)
        editor.save_note("saved after the lock")
        return Result(
            demands=[
                no_failures(count),
                at_most("slowest answer", 4.0, count.slowest, "s"),
                holds("an editor's save works afterwards", editor.note() == "saved after the lock"),
            ],
            count=count,
        )


def editors_crowd_locked_sqlite() -> Result:
    """Sixteen clients sign in repeatedly while SQLite is locked."""
    with sqlite_site() as site, site.served() as server:
        lock = sqlite3.connect(site.folder / "site.sqlite3", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        result = _read_during_sign_ins(server)
        lock.close()
    return result


def editors_crowd_hanging_postgres() -> Result:
    """The same while PostgreSQL accepts connections and does not respond."""
    with postgres_site(new_database()) as site, site.served() as server:
        Editor.signed_in(site, server.endpoint)  # so that some of the threads have a connection
        cluster = running_postgres().folder / "cluster" / "postmaster.pid"
        processes = process_tree(int(cluster.read_text().split()[0]))
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            result = _read_during_sign_ins(server)
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)
    return result


def _read_during_sign_ins(server: Server) -> Result:
    with readers(server.endpoint, [*mixed_addresses(server.endpoint), "/healthz", "/readyz"]) as count:
        stopped = threading.Event()
        crowd = [threading.Thread(target=_ask_for_admin, args=(server.port, stopped)) for _ in range(CROWD)]
        for client in crowd:
            client.start()
        time.sleep(LOCK_SECONDS)
        stopped.set()
        for client in crowd:
            client.join()
    return Result(demands=[no_failures(count), at_most("slowest answer", 4.0, count.slowest, "s")], count=count)


def _ask_for_admin(port: int, stopped: threading.Event) -> None:
    """Sign in with a wrong password, like a script that tries many."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    login = f"http://127.0.0.1:{port}/admin/login/"
    while not stopped.is_set():
        with suppress(OSError):  # including 503 responses and timeouts
            page = browser.open(login, timeout=PATIENCE_OF_CROWD).read().decode()
            token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            form = {"csrfmiddlewaretoken": token, "username": "nobody", "password": "wrong"}
            browser.open(login, urlencode(form).encode(), timeout=PATIENCE_OF_CROWD)


@contextmanager
def _no_postgres() -> Iterator[None]:
    database = running_postgres()
    database.stop()
    try:
        yield
    finally:
        database.start()


def _start(site: Site) -> tuple[str, str]:
    """Return the response of /readyz after a start, and the status of the first page."""
    with site.served(wait=False) as server:
        wait_until(lambda: bool(server.status()), seconds=30, what="a response from /readyz")
        return ask(server.endpoint, "/readyz").body.decode(), str(ask(server.endpoint, "/").status)

"""Serves the site in production mode: `python -m scripts.serve [--host H] [--port N] [--workers N] [--prepare]`.

`--reload` instead has the running server replace its processes, one after another. The program reads the project's
settings, makes what is missing, and becomes the server, granian. Why each of the server's options is what it is, and
how the site runs on a machine of its own, stands in docs/operations.md.
"""

import fcntl
import ipaddress
import os
import resource
import secrets
import signal
import ssl
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from earnverdict import env
from earnverdict.port import usable_port
from earnverdict.private_files import make_state_folder

PROJECT = Path(__file__).resolve().parent.parent
#: Granian itself ends when a worker dies twice within seconds.
GRANIAN = PROJECT / "scripts" / "patient_granian.py"
OPTIONS = {
    "--interface": "wsgi",
    "--blocking-threads": "3",
    "--http1-header-read-timeout": "10000",
    "--http1-buffer-size": "65536",
    "--respawn-interval": "5",
    "--workers-kill-timeout": "10",
    "--working-dir": str(PROJECT),
}
#: What a worker has open beside its connections: files, the database, pipes.
FILES_BESIDE = 200
FLAGS = ("--no-ws", "--respawn-failed-workers")


def main(arguments: list[str]) -> None:
    """Become the server, or end with one line that says what stands in the way."""
    os.umask(0o077)  # what it and its workers write is for their owner alone
    asked = _parsed(arguments)
    given = dict(os.environ)  # without .env: workers read that anew when they are reloaded
    try:
        env.load(PROJECT / ".env")
        if asked.reload:
            _reload(_state_folder() / "serve.pid", given)
            return
        port = usable_port(asked.port, host=asked.host, command="make serve")
        encryption, environment = _transport(asked.host)
        workers = str(asked.workers or env.whole("EARNVERDICT_WORKERS", 0) or _cores())
        pid_file = _claim(_state_folder() / "serve.pid")
    except ImproperlyConfigured as error:
        sys.exit(f"earnverdict: {error}")
    given |= environment | {"EARNVERDICT_DEBUG": "0"}
    given.setdefault("MALLOC_ARENA_MAX", "1")  # a heap a thread cost each worker a tenth of its memory, for nothing
    prepare = [sys.executable, "manage.py", "prepare", f"--host={asked.host}", f"--port={port}"]
    if not asked.prepare:
        prepare.append("--check-only")
    if code := subprocess.run(prepare, cwd=PROJECT, env=given).returncode:
        sys.exit(code)
    options = {**OPTIONS, **encryption, "--host": asked.host, "--port": str(port), "--workers": workers}
    options["--backpressure"] = str(_connections())
    command = [sys.executable, str(GRANIAN), *FLAGS, *(word for option in options.items() for word in option)]
    os.execve(sys.executable, [*command, "--pid-file", str(pid_file), "earnverdict.wsgi:application"], given)


def _parsed(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m scripts.serve", description="Serve the site in production mode.")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", default="8000", help="(default: %(default)s)")
    parser.add_argument(
        "--workers", type=int, default=0, help="processes (default: EARNVERDICT_WORKERS, or one a core)"
    )
    parser.add_argument(
        "--prepare", action="store_true", help="first migrate, load an empty catalogue, collect the static files"
    )
    parser.add_argument("--reload", action="store_true", help="have the running server take new code and settings over")
    return parser.parse_args(arguments)


def _reload(pid_file: Path, given: dict[str, str]) -> None:
    """Signal the running server, which replaces its workers whatever becomes of the new ones: so try one before."""
    try:
        number = int(pid_file.read_text())
    except (OSError, ValueError):
        raise ImproperlyConfigured(f"No server is running: {pid_file} does not name one.") from None
    trial = [sys.executable, "-c", "import earnverdict.wsgi"]
    if subprocess.run(trial, cwd=PROJECT, env=given | {"EARNVERDICT_DEBUG": "0"}).returncode:
        raise ImproperlyConfigured("The new code or settings do not load: the server was left as it is.")
    try:
        os.kill(number, signal.SIGHUP)
    except OSError as error:
        raise ImproperlyConfigured(f"The server, process {number}, cannot be told: {error.strerror}.") from None


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _connections() -> int:
    """How many a worker may hold; idle ones count, so that few are soon all taken. Each is an open file."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = 16_384 if most == resource.RLIM_INFINITY else min(most, 16_384)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(files - FILES_BESIDE, FILES_BESIDE)


def _transport(host: str) -> tuple[dict[str, str], dict[str, str]]:
    """The server's options for encryption, and what the environment lacks. Raises ImproperlyConfigured."""
    certificate, key = env.text("EARNVERDICT_TLS_CERTIFICATE"), env.text("EARNVERDICT_TLS_KEY")
    if bool(certificate) != bool(key):
        raise ImproperlyConfigured("EARNVERDICT_TLS_CERTIFICATE and EARNVERDICT_TLS_KEY belong together: set both.")
    if certificate:
        for path in (certificate, key):
            if not os.access(path, os.R_OK):
                raise ImproperlyConfigured(f"{path} cannot be read.")
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password="")
        except OSError as error:
            raise ImproperlyConfigured(
                f"EARNVERDICT_TLS_CERTIFICATE {certificate} and EARNVERDICT_TLS_KEY {key} are no certificate and its "
                f"unencrypted key: {error.strerror or error}."
            ) from None
        return {"--http": "auto", "--ssl-certificate": certificate, "--ssl-keyfile": key}, {}
    plain = {"--http": "1"}
    if env.flag("EARNVERDICT_BEHIND_PROXY"):
        return plain, {}
    if env.text("EARNVERDICT_HTTPS"):
        if env.flag("EARNVERDICT_HTTPS"):
            raise ImproperlyConfigured(
                "EARNVERDICT_HTTPS is 1, but neither EARNVERDICT_TLS_CERTIFICATE nor EARNVERDICT_BEHIND_PROXY is set: "
                "every page would lead to an address at which nothing answers."
            )
        return plain, {}
    if not _is_loopback(host):
        raise ImproperlyConfigured(
            f"Nothing would encrypt what visitors of {host} type. Set EARNVERDICT_TLS_CERTIFICATE and "
            "EARNVERDICT_TLS_KEY, or EARNVERDICT_BEHIND_PROXY, or EARNVERDICT_HTTPS=0 if that is meant."
        )
    print(f"Plain HTTP for this machine only ({host}): neither a certificate nor a proxy is set.", flush=True)
    return plain, {"EARNVERDICT_HTTPS": "0"}


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _state_folder() -> Path:
    """The folder with a secret in it, unless the settings name one: made once, for this user's eyes only."""
    folder = Path(env.text("EARNVERDICT_STATE_FOLDER") or PROJECT / "var").resolve()
    make_state_folder(folder)
    if not env.text("EARNVERDICT_SECRET_KEY"):
        with suppress(FileExistsError):
            handle = os.open(folder / "secret-key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64) + "\n")
    return folder


def _claim(path: Path) -> Path:
    """Write this process's number, which the server keeps, into a file that is locked for as long as it lives."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be written: {error.strerror}. Delete it.") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        number = os.read(handle, 20).decode().strip()
        raise ImproperlyConfigured(
            f"Process {number} serves from {path.parent} already. Stop it, or set another EARNVERDICT_STATE_FOLDER."
        ) from None
    os.set_inheritable(handle, True)  # noqa: FBT003 - the server keeps the lock
    os.truncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return path


if __name__ == "__main__":
    main(sys.argv[1:])

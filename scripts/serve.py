"""Serves the site in production mode: `python -m scripts.serve [--host H] [--port N] [--workers N] [--prepare]`.

Checks the settings, creates what is missing and runs granian. docs/operations.md explains each option, and how to run
the site on a server.
"""

import ipaddress
import os
import secrets
import signal
import ssl
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, validate

from earnverdict.env import env, read_env_file
from earnverdict.port import check_port
from earnverdict.private_files import make_state_folder

PROJECT = Path(__file__).resolve().parent.parent
OPTIONS = {
    "--interface": "wsgi",
    "--blocking-threads": "4",
    "--http1-header-read-timeout": "10000",
    "--http1-buffer-size": "32768",
    "--http2-max-headers-size": "32768",
    "--respawn-interval": "5",
    "--workers-kill-timeout": "10",
    "--working-dir": str(PROJECT),
    "--log-config": str(PROJECT / "scripts" / "granian_log.json"),
}
FLAGS = ("--no-ws", "--respawn-failed-workers")
#: The path without the query, which may hold pay. Behind a proxy, the proxy logs.
ACCESS_LOG = ("--access-log", "--access-log-fmt", "%(status)d %(dt_ms).1f ms %(method)s %(path)s")


def main(arguments: list[str]) -> None:
    """Run the server until it stops, or print in one line what is wrong."""
    os.umask(0o077)  # only the owner may read the files of the server and its workers
    asked = _parse(arguments)
    given = dict(os.environ)  # without .env, which reloaded workers read again
    try:
        read_env_file(PROJECT / ".env")
        port = check_port(asked.port, host=asked.host, command="make serve")
        encryption, environment = _check_transport(asked.host)
        workers = asked.workers or env.int("EARNVERDICT_WORKERS", 0, validate=validate.Range(min=0)) or _count_cores()
        _make_secret()
        is_behind_proxy = env.bool("EARNVERDICT_BEHIND_PROXY", False)
    except (EnvError, ImproperlyConfigured) as error:
        sys.exit(f"earnverdict: {error}")
    given |= environment | {"EARNVERDICT_DEBUG": "0"}
    given.setdefault("MALLOC_ARENA_MAX", "1")  # a heap for each thread would take a tenth more memory without a benefit
    prepare = [sys.executable, "manage.py", "prepare", f"--host={asked.host}", f"--port={port}"]
    if not asked.prepare:
        prepare.append("--check-only")
    if code := subprocess.run(prepare, cwd=PROJECT, env=given).returncode:
        sys.exit(code)
    if not is_behind_proxy:
        print("This is for development or a small private site. Put a public one behind nginx.", flush=True)
    options = {**OPTIONS, **encryption, "--host": asked.host, "--port": str(port), "--workers": str(workers)}
    command = [sys.executable, "-m", "granian", *FLAGS, *(() if is_behind_proxy else ACCESS_LOG)]
    command += [word for option in options.items() for word in option]
    sys.exit(_run([*command, "earnverdict.wsgi:application"], given))


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run granian in its own process group, forward signals to it, and return the exit code.

    Granian often hangs if its workers get the same signal, as from Ctrl-C and from systemd: its handler sets an event
    while the main thread may hold the event's lock, and waits for ever.
    """
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, process_group=0)

    def forward(number: int, frame: FrameType | None) -> None:
        process.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    return process.wait()


def _parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m scripts.serve", description="Serve the site in production mode.")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", default="8000", help="(default: %(default)s)")
    parser.add_argument(
        "--workers", type=int, default=0, help="processes (default: EARNVERDICT_WORKERS, or one a core)"
    )
    parser.add_argument(
        "--prepare", action="store_true", help="first migrate, load an empty catalogue, collect the static files"
    )
    return parser.parse_args(arguments)


def _count_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_transport(host: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the server's TLS options, and missing environment variables. Raises ImproperlyConfigured."""
    certificate, key = env.str("EARNVERDICT_TLS_CERTIFICATE", ""), env.str("EARNVERDICT_TLS_KEY", "")
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
    if env.bool("EARNVERDICT_BEHIND_PROXY", False):
        return plain, {}
    is_https = env.bool("EARNVERDICT_HTTPS", None)
    if is_https:
        raise ImproperlyConfigured(
            "EARNVERDICT_HTTPS is 1, but neither EARNVERDICT_TLS_CERTIFICATE nor EARNVERDICT_BEHIND_PROXY is set: "
            "every page would redirect to an address without a server."
        )
    if is_https is False:
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


def _make_secret() -> None:
    """Create the state folder, with a secret unless the settings have one, readable by this user only."""
    folder = env.path("EARNVERDICT_STATE_FOLDER", PROJECT / "var").resolve()
    make_state_folder(folder)
    if not env.str("EARNVERDICT_SECRET_KEY", ""):
        with suppress(FileExistsError):
            handle = os.open(folder / "secret-key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

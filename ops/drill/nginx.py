"""Runs nginx in front of a site, with deploy/'s configuration, on loopback ports and with its own certificate."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.drill.errors import ServerError
from ops.drill.load import Endpoint
from ops.ports import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SECONDS_TO_START = 10.0
#: The relevant parts of Debian's /etc/nginx/nginx.conf, with all files in one folder.
MAIN = """
daemon off;
{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/main-error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/other.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/earnverdict.conf;
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nginx:
    """A running nginx."""

    folder: Path
    endpoint: Endpoint
    http_port: int
    version: str

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def access_log(self) -> bytes:
        return (self.folder / "earnverdict.log").read_bytes()

    def logged(self) -> list[dict[str, Any]]:
        """Return the lines of the access log. Raises ValueError if one is not JSON."""
        return [json.loads(line.decode()) for line in self.access_log.splitlines()]

    @property
    def error_log(self) -> bytes:
        return b"".join((self.folder / name).read_bytes() for name in ("earnverdict-error.log", "main-error.log"))


@contextmanager
def nginx_before(site_port: int, static_folder: Path) -> Iterator[Nginx]:
    """Run nginx while the context lasts, from the files in deploy/ with other names, ports and paths."""
    program = _find_or_install()
    http_port, https_port = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="earnverdict-nginx-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's workers run as another user
        _make_certificate(folder)
        _write_configuration(folder, site_port, http_port, https_port, static_folder)
        command = [program, "-p", str(folder), "-e", str(folder / "main-error.log"), "-c", str(folder / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        if checked.returncode:
            raise ServerError(f"nginx -t: {checked.stderr.strip()}")
        process = subprocess.Popen(command)
        try:
            _wait_for(https_port, process)
            yield Nginx(
                folder=folder,
                endpoint=Endpoint(port=https_port, certificate=str(folder / "certificate.pem")),
                http_port=http_port,
                version=_version(program),
            )
        finally:
            process.terminate()
            process.wait(20)


def _find_or_install() -> str:
    """Return nginx's program, and install Debian's if there is none. Raises ServerError."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    if program := shutil.which("nginx", path=path):
        return program
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise ServerError("not run: nginx is not installed (apt-get install nginx)")
    # Runlevel 1 prevents Debian's scripts from starting nginx as a service.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "nginx"]):
        finished = subprocess.run(["apt-get", "-qq", *command], env=environment, capture_output=True, text=True)
        if finished.returncode:
            raise ServerError(f"not run: apt-get {command[0]} failed: {finished.stderr.strip()[-400:]}")
    return shutil.which("nginx", path=path) or "nginx"


def _version(program: str) -> str:
    return subprocess.run([program, "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]


def _make_certificate(folder: Path) -> None:
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", *request.split(), *names, *files], check=True, capture_output=True)


def _write_configuration(folder: Path, site_port: int, http_port: int, https_port: int, static_folder: Path) -> None:
    """Write nginx.conf and its includes. Raises ServerError if a text to replace is not in the shipped file."""
    is_root = os.geteuid() == 0
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=f"user {_account()};" if is_root else ""))
    shutil.copy(DEPLOY / "nginx-proxy.conf", folder / "earnverdict-proxy.conf")
    letsencrypt = "/etc/letsencrypt/live/earnverdict.example"
    replaced = {
        "127.0.0.1:8000": f"127.0.0.1:{site_port}",
        f"{letsencrypt}/fullchain.pem": str(folder / "certificate.pem"),
        f"{letsencrypt}/privkey.pem": str(folder / "key.pem"),
        "earnverdict.example": "127.0.0.1",
        "/var/log/nginx/": f"{folder}/",
        "/var/cache/nginx/earnverdict": str(folder / "cache"),
        "/var/cache/earnverdict/static/": f"{static_folder}/",
        "/etc/nginx/earnverdict-proxy.conf": str(folder / "earnverdict-proxy.conf"),
        "listen 80;": f"listen 127.0.0.1:{http_port};",
        "listen 443 ": f"listen 127.0.0.1:{https_port} ",
        "listen [::]:80;": f"listen [::1]:{http_port};",
        "listen [::]:443 ": f"listen [::1]:{https_port} ",
    }
    text = (DEPLOY / "nginx.conf").read_text()
    if not _has_ipv6():
        text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
        replaced = {old: new for old, new in replaced.items() if "[::]" not in old}
    for old, new in replaced.items():
        if old not in text:
            raise ServerError(f"{old} is not in deploy/nginx.conf any more")
        text = text.replace(old, new)
    (folder / "earnverdict.conf").write_text(text)


def _account() -> str:
    """Return Debian's user for nginx, or another one without permissions."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("www-data", "nginx") if name in names), "nobody")


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as listener:
            listener.bind(("::1", 0))
    except OSError:
        return False
    return True


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise ServerError("nginx does not start")

"""Starts and stops a server for measurements, and sends requests over keep-alive connections."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ops.bench.calls import BROWSER, Answer
from ops.ports import free_port
from scripts.serve import FLAGS, OPTIONS

SECONDS_TO_START = 60


class ServerFailed(Exception):
    """The server ended or does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One running server with one worker."""

    port: int
    worker: int

    def cpu_seconds(self) -> float:
        """Return the CPU time of the worker since its start, from Linux's clock of the process, in nanoseconds."""
        return time.clock_gettime(~self.worker << 3 | 2)

    def resident_bytes(self) -> int:
        """Return the worker's resident memory."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024


class Client:
    """A keep-alive connection that sends a browser's requests with as little work as possible."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        self.send(request)
        return self.read()

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def read(self) -> Answer:
        """Read the next response completely."""
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        is_chunked = headers.get("transfer-encoding") == "chunked"
        body = self._chunks() if is_chunked else self._exactly(int(headers.get("content-length", "0")))
        return Answer(status=int(head[0].split()[1]), headers=headers, body=body)

    def _chunks(self) -> bytes:
        body = b""
        while length := int(self._until(b"\r\n"), 16):
            body += self._exactly(length)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return body

    def _until(self, mark: bytes) -> bytes:
        while (end := self._rest.find(mark)) < 0:
            self._receive()
        found, self._rest = self._rest[:end], self._rest[end + len(mark) :]
        return found

    def _exactly(self, length: int) -> bytes:
        while len(self._rest) < length:
            self._receive()
        found, self._rest = self._rest[:length], self._rest[length:]
        return found

    def _receive(self) -> None:
        received = self._socket.recv(2**18)
        if not received:
            raise ServerFailed("The server closed the connection.")
        self._rest += received


def request_for(address: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return the bytes of a GET request."""
    lines = [f"{name}: {value}" for name, value in (BROWSER | dict(headers or {})).items()]
    return "\r\n".join([f"GET {address} HTTP/1.1", *lines, "", ""]).encode("ascii")


@contextmanager
def site() -> Iterator[Server]:
    """Run the site as `make serve` does, with one worker and this process's settings."""
    port = free_port()
    with _running([sys.executable, "-m", "scripts.serve", f"--port={port}", "--workers=1"], port) as server:
        yield server


@contextmanager
def other(application: str) -> Iterator[Server]:
    """Run another application, by its import path, on the same server with the same options."""
    port = free_port()
    options = {**OPTIONS, "--http": "1", "--port": str(port), "--workers": "1"}
    words = [*FLAGS, *(word for option in options.items() for word in option), application]
    with _running([sys.executable, "-m", "granian", *words], port) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield Server(port=port, worker=_worker_of(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait for a response: the socket is open before the worker has loaded the site."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError, ServerFailed), Client(port) as client:
            client.ask(request_for("/"))
            return
        time.sleep(0.1)
    raise ServerFailed(f"The server did not start: {process.args!r}. Run it alone to see why.")


def _worker_of(parent: int) -> int:
    """Return the descendant with the most CPU time: the others only supervise."""
    below = [*_descendants(parent)]
    if not below:
        raise ServerFailed("The server has no worker.")
    return max(below, key=lambda process: time.clock_gettime(~process << 3 | 2))


def _descendants(parent: int) -> Iterator[int]:
    with suppress(OSError):  # it may just have ended
        for child in map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()):
            yield child
            yield from _descendants(child)

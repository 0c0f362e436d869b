"""One gunicorn on loopback, asked over a kept-alive connection by one client. Bounded in count."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

TOKEN = "b" * 32


@dataclass
class Client:
    """A signed-in person's browser: keeps its connection, sends session and CSRF token."""

    connection: http.client.HTTPConnection
    cookie: str

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of one request. Raises AssertionError on a redirect: a bench measures the real page."""
        headers = {"Cookie": self.cookie, "Host": "127.0.0.1"}
        if method == "POST":
            headers |= {
                "X-CSRFToken": TOKEN,
                "Content-Type": "application/json",
                "X-Requested-With": "fetch",
                "Origin": settings.SITE_URL,
            }
        self.connection.request(method, path, body=body or None, headers=headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def seconds(self, method: str, path: str, body: bytes = b"") -> float:
        started = time.perf_counter()
        status, _answer = self.ask(method, path, body)
        took = time.perf_counter() - started
        assert status == 200, f"{method} {path} answered {status}"
        return took


def session_of(person) -> str:
    """The cookies of a person who has signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return f"sessionid={store.session_key}; csrftoken={TOKEN}; language=vi"


@contextlib.contextmanager
def serve(settings_module: str) -> Iterator[http.client.HTTPConnection]:
    """A gunicorn with one worker under `settings_module`, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += [
        "--workers",
        "1",
        "--worker-class",
        "gthread",
        "--threads",
        "2",
        "--keep-alive",
        "75",
        "--log-level",
        "error",
    ]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module}
    with subprocess.Popen(command, env=environment) as server:
        try:
            yield _connected(port)
        finally:
            server.terminate()
            server.wait(20)


def _connected(port: int) -> http.client.HTTPConnection:
    for _attempt in range(200):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.connect()
            return connection
        time.sleep(0.1)
    raise RuntimeError("the server to measure did not start")

"""Gunicorn as the product runs it, on the loopback; requests over one kept connection."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(application: str, settings: str) -> Iterator["Visitor"]:
    """One worker process with one thread, so that two servers are compared and not two queues."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", "2", "--keep-alive", "60", "--log-level", "error", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings})
    visitor = Visitor(port)
    try:
        visitor.wait()
        yield visitor
    finally:
        visitor.close()
        process.terminate()
        process.wait(20)


class Visitor:
    """A browser's share of a request: one kept connection, cookies, the time until the last byte."""

    def __init__(self, port: int):
        self.port = port
        self.headers = {"Host": f"127.0.0.1:{port}", "Accept-Language": "vi", "Accept-Encoding": "identity"}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def wait(self) -> None:
        """Until the server answers."""
        for _attempt in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("gunicorn did not start")

    def close(self) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[float, int, bytes]:
        """(milliseconds, status, content)."""
        start = time.perf_counter()
        self.connection.request(method, path, body, {**self.headers, **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        return (time.perf_counter() - start) * 1000, answer.status, content

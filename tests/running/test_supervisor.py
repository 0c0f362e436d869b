"""`make run` as a person meets it: starts, greets, survives being killed, stops whole."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from config import supervisor
from tests.meta.files import BASE


@pytest.fixture
def run():
    """Starts the supervisor on a folder and port of its own; afterwards nothing with that folder may be alive."""
    folder = Path(tempfile.mkdtemp(prefix="chuan-test-"))
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"DATA_DIR": str(folder), "PORT": str(port), "DEMO": "0"}
    not_ours = {"DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "SITE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in not_ours} | ours
    started = []

    def start() -> subprocess.Popen:
        output = (folder / "output").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor", "run"], cwd=BASE, env=environment, stdout=output, stderr=output
        )
        output.close()
        started.append(process)
        return process

    start.port, start.folder = port, folder
    yield start
    for process in started:
        process.kill()
        process.wait()
    left = wait_until(lambda: not processes_of(folder), 30)
    found = processes_of(folder)
    for process in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    assert left, f"left behind: {found}"


def processes_of(folder: Path) -> list[int]:
    """Every process that was started with this DATA_DIR, PostgreSQL included."""
    wanted = f"DATA_DIR={folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def wait_until(held, seconds: float) -> bool:
    """Whether it came to hold within the time."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if held():
            return True
        time.sleep(0.2)
    return False


def said(run) -> str:
    """What the console shows."""
    return (run.folder / "output").read_text()


def ready(run) -> dict:
    """The answer of /readyz."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{run.port}/readyz", timeout=20) as answer:
        return json.load(answer)


def test_from_the_first_start_to_the_last_stop(run):
    first = run()
    assert wait_until(lambda: "Ctrl-C stops it" in said(run), 150), said(run)
    assert f"http://127.0.0.1:{run.port}" in said(run)
    assert "create_administrator" in said(run)
    assert wait_until(lambda: set(ready(run).values()) == {"ok"}, 60), ready(run)

    second = run()
    assert second.wait(60) == 1
    assert "running here already" in said(run)

    first.kill()  # nobody tidies up
    first.wait()
    third = run()
    assert wait_until(lambda: "Ctrl-C stops it" in said(run), 150), said(run)
    assert "static files" not in said(run), "what is fresh is not made again"
    assert ready(run)["database"] == "ok"
    third.send_signal(signal.SIGINT)
    assert third.wait(60) == 0
    assert wait_until(lambda: not processes_of(run.folder), 5), "the last line is said when everything has ended"


def test_a_port_in_use_is_one_line(run):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", run.port))
        other.listen()
        assert run().wait(60) == 1
    assert said(run) == f"chuan: port {run.port} is in use; choose another with PORT={run.port + 1}\n"


def test_a_child_that_ends_is_started_again_a_little_later(capsys):
    child = supervisor.Child("idle", [sys.executable, "-c", "print('hello')"])
    child.start()
    assert wait_until(lambda: child.process.poll() is not None, 20)
    child.reader.join(5)
    child.look_after()
    assert child.process is None
    assert child.failures == 1
    child.look_after()
    assert child.process is None, "not before its time"
    child.again_at = 0
    child.look_after()
    assert child.process.wait(20) == 0
    child.reader.join(5)
    assert capsys.readouterr().out.count("  idle | hello") == 2


@pytest.mark.parametrize("port", ["x", "0", "70000"])
def test_nonsense_ports(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit, match="is not a port number"):
        supervisor.main("run")

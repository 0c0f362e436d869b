"""`make run` and `make dev`: one process that prepares, starts, watches and stops web, worker, beat and PostgreSQL.

python -m config.supervisor run|dev      (PORT, DEMO and everything in .env.example from the environment)
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded_postgres import Server
from config.env import BASE_DIR, env
from config.guardian import PR_SET_PDEATHSIG, die_with_parent

STOP_SECONDS = 12  # a running report gets this long; it is started again with the next run
READY_SECONDS = 90
STEADY_SECONDS = 60  # up for this long: the next failure is a new one
print_lock = threading.Lock()


def say(line: str, source: str = "") -> None:
    """One line on the console; a console that is gone is no reason to stop."""
    with print_lock, contextlib.suppress(OSError, ValueError):
        print(f"{source:>6} | {line}" if source else line, flush=True)


def give_up(line: str) -> None:
    """Ends with one clear line."""
    sys.exit(f"chuan: {line}")


@dataclass
class Child:
    """A program kept running: its output on our console, started again when it ends, each time a little later."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts it in a process group of its own: Ctrl-C in the terminal reaches us alone, and we decide the order."""
        self.process = subprocess.Popen(
            self.command,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        self.started = time.monotonic()
        self.reader = threading.Thread(target=self.forward, args=(self.process,), daemon=True)
        self.reader.start()

    def forward(self, process: subprocess.Popen) -> None:
        """Passes its lines on until it ends."""
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                if line.strip():
                    say(line.rstrip(), self.name)

    def look_after(self) -> None:
        """Starts it again when it ended, after 1, 2, 4, … at most 30 seconds."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started > STEADY_SECONDS:
                self.failures = 0
            wait = min(2**self.failures, 30)
            self.failures += 1
            self.again_at = now + wait
            self.signal(signal.SIGKILL)  # what a killed server leaves of itself still holds the port
            say(f"ended ({self.process.returncode}), starting again in {wait} s", self.name)
            self.process = None
        elif self.process is None and now >= self.again_at:
            self.start()

    def signal(self, signum: int) -> None:
        """To it and everything it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signum)


def stop(children: list[Child], *, at_once: threading.Event) -> None:
    """Asks every child to end, waits, then insists. Nothing they started is left behind."""
    running = [(child, child.process) for child in children if child.process is not None]
    for _child, process in running:
        if process.poll() is None:
            process.terminate()  # the head of each group tells its own
    patience = time.monotonic() + STOP_SECONDS
    while any(process.poll() is None for _child, process in running):
        if time.monotonic() > patience or at_once.is_set():
            break
        time.sleep(0.05)
    for child, process in running:
        child.signal(signal.SIGKILL)
        process.wait()
        if child.reader:
            child.reader.join(1)


def commands(mode: str, port: int, data: Path) -> list[Child]:
    """What is kept running."""
    python = sys.executable
    bind = f"127.0.0.1:{port}"
    level = env("LOG_LEVEL").lower()
    quiet = ["-W", "ignore:You're running the worker with superuser"]  # accepting nothing but JSON, it is harmless
    celery = [python, *quiet, "-m", "celery", "--quiet", "--app", "config", "--skip-checks"]
    if mode == "dev":
        web = [python, "manage.py", "runserver", bind]
    else:
        web = [python, "-m", "gunicorn", "config.wsgi", "--bind", bind, "--workers", "2", "--threads", "4",
               "--worker-class", "gthread", "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", level, "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--schedule", str(data / "beat"), "--pidfile", "", "--loglevel", "warning"]
    return [Child("web", web), Child("worker", worker), Child("beat", beat)]


def only_one_here(data: Path) -> None:
    """Holds a lock for as long as we live: two beats on one database would send every reminder twice."""
    lock = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        give_up(f"it is running here already (process {os.pread(lock, 20, 0).decode() or '?'})")
    os.truncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


def port_is_free(port: int) -> bool:
    """Whether we could listen there; asked for three seconds, as a run that was killed needs a moment to end."""
    for _attempt in range(30):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except PermissionError:
                give_up(f"port {port} needs root; choose another with PORT=8000")
            except OSError:
                time.sleep(0.1)
            else:
                return True
    return False


def prepare(child: Child, stopping: threading.Event) -> str:
    """Runs `config.prepare`; its stdout: the demo accounts, or how to begin."""
    process = subprocess.Popen(
        child.command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, process_group=0,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )  # fmt: skip
    child.process = process
    said: list[str] = []
    child.reader = threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)
    child.reader.start()
    while process.poll() is None:
        if stopping.wait(0.1):
            stop([child], at_once=threading.Event())
            return ""
    child.reader.join(5)
    child.process = None
    if process.returncode:
        give_up("preparing failed, see above")
    return "".join(said)


def changes(mode: str) -> Iterator[bool]:
    """In dev: whether a Python file changed since the last look. The web server reloads by itself, the others not."""
    folders = [path for path in BASE_DIR.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    seen = None
    while True:
        now = None
        if mode == "dev":
            now = max(path.stat().st_mtime for folder in folders for path in folder.rglob("*.py"))
        yield seen is not None and now != seen
        seen = now


def answering(port: int) -> bool:
    """Whether the web server says that it is alive."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever http_proxy says
    try:
        opener.open(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
    except urllib.error.HTTPError as error:
        return error.code < 500  # ALLOWED_HOSTS may not name us; alive it is
    except OSError:
        return False
    return True


def parent_is_interrupted() -> bool:
    """Whether `make` caught SIGINT or SIGHUP sent to it alone.

    It then waits, inside its signal handler, for us, whom it does not tell; the kernel shows the signal as blocked.
    """
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{os.getppid()}/status").read_text()
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        blocked = int(fields["SigBlk"], 16)
        return fields["Name"] == "make" and any(blocked >> (each - 1) & 1 for each in (signal.SIGINT, signal.SIGHUP))
    return False


def main(mode: str) -> int:
    """Everything from the lock to the last process ended. 0 after Ctrl-C or SIGTERM."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # a killed `make` must not leave us behind
    stopping, at_once = threading.Event(), threading.Event()

    def asked_to_stop(*_: object) -> None:
        (at_once if stopping.is_set() else stopping).set()

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(signum) is not signal.SIG_IGN or signum == signal.SIGINT:
            signal.signal(signum, asked_to_stop)

    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        give_up(f"PORT={port} is not a port number")
    data = Path(env("DATA_DIR"))
    os.environ["DJANGO_SETTINGS_MODULE"] = f"config.settings.{'dev' if mode == 'dev' else 'production'}"
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    from config import embedded

    only_one_here(embedded.own_folder(data))
    if not port_is_free(int(port)):
        give_up(f"port {port} is in use; choose another with PORT={int(port) + 1}")
    (data / "address").write_text(os.environ["SITE_URL"])
    embedded_server = embedded.prepare_environment()
    children = commands(mode, int(port), data)
    try:
        hints = prepare(Child("prepare", [sys.executable, "-m", "config.prepare"]), stopping)
        if not stopping.is_set():
            keep_running(children, int(port), mode, hints, stopping, embedded_server)
    finally:
        say("stopping")
        stop(children, at_once=at_once)
        if embedded_server is not None and not embedded_server.release():
            say("PostgreSQL stays up for another process that uses it")
    return 0


def keep_running(
    children: list[Child], port: int, mode: str, hints: str, stopping: threading.Event, server: Server | None
) -> None:
    """Starts the children, greets when the web server answers, and looks after them until asked to stop."""
    for child in children:
        child.start()
    waiting_since: float | None = time.monotonic()
    changed, rounds = changes(mode), 0
    while not stopping.wait(0.25) and not parent_is_interrupted():
        if server is not None and server.revive():
            say("ended and was started again", "postgres")
        for child in children:
            child.look_after()
        if waiting_since is not None:
            if answering(port):
                waiting_since = None
                say(greeting(port, hints))
            elif time.monotonic() - waiting_since > READY_SECONDS:
                give_up(f"the web server did not answer within {READY_SECONDS} seconds, see above")
        rounds += 1
        if rounds % 4 == 0 and next(changed):
            for child in children[1:]:
                say("code changed", child.name)
                if child.process is not None:
                    child.failures = 0
                    child.process.terminate()


def greeting(port: int, hints: str) -> str:
    """The address, the demo accounts or how to begin, and how to stop."""
    lines = ["", f"  Chuẩn is running at http://127.0.0.1:{port}", ""]
    if hints.strip():
        lines += [*(f"  {line}".rstrip() for line in hints.strip().splitlines()), ""]
    return "\n".join([*lines, "  Ctrl-C stops it.", ""])


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["dev"]):
        sys.exit("usage: python -m config.supervisor run|dev")
    sys.exit(main(sys.argv[1]))

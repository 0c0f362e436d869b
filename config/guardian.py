"""Keeps the embedded PostgreSQL up for exactly as long as somebody uses it. A script of its own: standard library only.

Every process that uses the server holds a *shared* lock on one file. The guardian waits for the *exclusive* lock on the
same file: the kernel grants it when the last user is gone, however it went (finished, interrupted, killed). Then the
server is asked to stop. Nothing is counted, so nothing can be counted wrongly, and no stale pid file can be believed.

    python -I config/guardian.py '{"command": [...], "data": "…", "lock": "…", …}'
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int) -> Callable[[], None]:
    """What a child runs before exec so that it gets `signum` when its parent dies, even if that one was killed."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signum)

    return ask


def processes_in(data: str) -> list[int]:
    """The PostgreSQL processes of `data`: the server and its backends all change into it."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                ours = os.readlink(f"/proc/{entry}/cwd") == data
                if ours and Path(f"/proc/{entry}/comm").read_text().strip() == "postgres":
                    found.append(int(entry))
            except OSError:
                continue  # gone meanwhile, or somebody else's
    return found


def make_way(data: str, sockets: str, patience: float = 30.0) -> None:
    """Waits for the remains of a killed server, ends them if they stay, and removes its stale pid files.

    PostgreSQL itself believes a pid file when any process carries that number, which in a container is likely.
    """
    started, asked = time.monotonic(), 0
    while left := processes_in(data):
        waited = time.monotonic() - started
        if asked == 0 and waited > 0.5:
            asked = 1
            signal_all(left, signal.SIGINT)
        if asked == 1 and waited > patience:
            asked = 2
            signal_all(left, signal.SIGKILL)
        time.sleep(0.1)
    for stale in (Path(data, "postmaster.pid"), *Path(sockets).glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def signal_all(processes: list[int], signum: int) -> None:
    """Sends `signum` to each that still exists."""
    for process in processes:
        try:
            os.kill(process, signum)
        except ProcessLookupError:
            continue


def main(plan: dict) -> int:
    """Runs the server until nobody holds the shared lock; returns its exit code.

    `plan`: command (list), data (its folder, resolved), sockets (folder), lock (file), user and group (numbers or None for our own),
    remove (folders to delete in the end).
    """
    for name in (signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # Ctrl-C in the terminal is for the users of the server
    users = os.open(plan["lock"], os.O_RDWR | os.O_CLOEXEC)
    make_way(plan["data"], plan["sockets"])
    who = {"user": plan["user"], "group": plan["group"], "extra_groups": []} if plan["user"] is not None else {}
    server = subprocess.Popen(
        plan["command"],
        cwd=plan["data"],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent(signal.SIGINT),
        **who,
    )
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))

    def stop_when_unused() -> None:
        fcntl.flock(users, fcntl.LOCK_EX)  # kept to the end: newcomers wait until the server is down
        server.send_signal(signal.SIGINT)

    threading.Thread(target=stop_when_unused, daemon=True).start()
    code = server.wait()
    for folder in plan["remove"]:
        shutil.rmtree(folder, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))

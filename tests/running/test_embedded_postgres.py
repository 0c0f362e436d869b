"""The embedded server lives exactly as long as somebody uses it, whatever happens to the users."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import FOR_TESTS, SOCKET_LIMIT, SOCKET_NAME, answers
from config.env import env
from config.guardian import processes_in
from tests.meta.files import BASE

USER = """
import sys, time
from pathlib import Path
from config.embedded_postgres import FOR_TESTS, start
server = start(Path(sys.argv[1]), settings=FOR_TESTS)
print(server.url, flush=True)
time.sleep(600)
"""


@pytest.fixture
def reachable():
    """A folder that everybody may pass, as the server's user is another one when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="chuan-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(reachable):
    """A folder for a server; nothing may run there afterwards."""
    yield reachable
    assert gone(reachable), f"a server was left behind in {reachable}"


@pytest.fixture
def user():
    """Starts processes that use a server; returns the process and the address that it got."""
    processes = []

    def begin(place: Path) -> tuple[subprocess.Popen, str]:
        command = [sys.executable, "-c", USER, str(place)]
        process = subprocess.Popen(command, cwd=BASE, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        return process, process.stdout.readline().strip()

    yield begin
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def running(place: Path) -> list[int]:
    """The server processes of a place."""
    return processes_in(str((place / "postgres").resolve() / embedded_postgres.CLUSTER))


def gone(place: Path, seconds: float = 20) -> bool:
    """Waits until no server runs there."""
    patience = time.monotonic() + seconds
    while running(place) and time.monotonic() < patience:
        time.sleep(0.1)
    return not running(place)


def ask(url: str, query: str):
    """One value from the server at `url`."""
    config = env.db_url_config(url)
    with psycopg.connect(
        host=config["HOST"], user=config["USER"], dbname=config["NAME"], autocommit=True
    ) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


def test_stays_for_the_second_user_and_ends_with_the_last(place, user):
    first, url = user(place)
    second, same = user(place)
    assert url == same
    first.terminate()
    first.wait()
    time.sleep(0.5)
    assert ask(url, "select 1") == 1
    second.kill()  # no chance to tidy up
    assert gone(place)


def test_keeps_the_data_and_sorts_alike_everywhere(place):
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    ask(server.url, "create table kept as select 'Đặng' as name")
    assert server.release()
    again = embedded_postgres.start(place, settings=FOR_TESTS)
    assert ask(again.url, "select lower(name) from kept") == "đặng"
    assert ask(again.url, "select datcollate from pg_database where datname = current_database()") == "C.UTF-8"
    assert again.release()


def test_release_tells_that_others_stay(place, user):
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    other, _url = user(place)
    assert not server.release()
    assert ask(server.url, "select 1") == 1
    other.kill()
    assert gone(place)
    server.guardian.wait(10)


def test_a_killed_guardian_and_server_are_replaced(place):
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    os.kill(server.guardian.pid, signal.SIGKILL)
    for process in running(place):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    server.guardian.wait(10)
    assert server.revive()
    assert not server.revive()
    assert ask(server.url, "select 1") == 1
    assert server.release()


def test_a_stale_pid_file_is_not_believed(place):
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    assert server.release()
    cluster = place / "postgres" / embedded_postgres.CLUSTER
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n")
    (place / "postgres" / f"{SOCKET_NAME}.lock").write_text(f"{os.getpid()}\n")
    again = embedded_postgres.start(place, settings=FOR_TESTS)
    assert ask(again.url, "select 1") == 1
    assert again.release()


def test_an_unfinished_first_start_is_begun_again(place):
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    assert server.release()
    home = (place / "postgres").resolve()
    (home / embedded_postgres.CLUSTER).rename(home / "unfinished")
    again = embedded_postgres.start(place, settings=FOR_TESTS)
    assert ask(again.url, "select 1") == 1
    assert again.release()


def test_a_deep_folder_gets_a_short_socket(reachable):
    place = reachable.joinpath(*["quite-a-deep-folder"] * 6)
    place.mkdir(parents=True)
    assert len(os.fsencode(place / "postgres" / SOCKET_NAME)) > SOCKET_LIMIT
    server = embedded_postgres.start(place, settings=FOR_TESTS)
    sockets = Path(env.db_url_config(server.url)["HOST"])
    assert ask(server.url, "select 1") == 1
    assert len(os.fsencode(sockets / SOCKET_NAME)) <= SOCKET_LIMIT
    assert sockets.stat().st_mode & 0o077 == 0
    assert server.release()
    assert gone(place)
    sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can own a folder that the server's user cannot enter")
def test_a_folder_that_only_root_can_enter(reachable):
    private = reachable / "private"
    place = private / "data"
    place.mkdir(parents=True)
    private.chmod(0o700)
    server = embedded_postgres.start(place, settings=FOR_TESTS, remove=True)
    home = (place / "postgres").resolve()
    assert (place / "postgres").is_symlink()
    assert home.is_relative_to(embedded_postgres.SYSTEM_PLACE)
    assert private.stat().st_mode & 0o777 == 0o700, "nobody's folder is opened"
    assert ask(server.url, "select 1") == 1
    assert server.release()
    assert not home.exists()


def test_removed_when_asked(reachable):
    place = reachable / "passing"
    place.mkdir()
    server = embedded_postgres.start(place, settings=FOR_TESTS, remove=True)
    sockets = Path(env.db_url_config(server.url)["HOST"])
    assert answers(sockets)
    assert server.release()
    server.guardian.wait(10)
    assert not place.exists()


def test_failure_is_one_sentence(place):
    with pytest.raises(embedded_postgres.EmbeddedError, match=r"did not start.*no_such_setting"):
        embedded_postgres.start(place, settings=("no_such_setting=1",))
    assert gone(place)

"""What every test may use, and the order: quick tests first, journeys in the browser last."""

import gc
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase

from config.guardian import die_with_parent
from core import texts
from tests.factories.evaluations import tt20
from tests.starting_rows import StartingRows

E2E = Path(__file__).parent / "e2e"
hypothesis.settings.register_profile("anywhere", deadline=None)  # a busy machine is no counterexample
hypothesis.settings.load_profile("anywhere")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the interface texts once, before the workers of xdist read them."""
    if not hasattr(config, "workerinput"):
        for language in texts.languages():
            texts.compile_file(language)


def pytest_unconfigure() -> None:
    """Workers of xdist end without ceremony: what is registered with atexit does not happen there."""
    if Path(django_settings.DATA_DIR).name.startswith("chuan-test-"):  # never a folder that somebody works in
        shutil.rmtree(django_settings.DATA_DIR, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the journeys and puts them last: Playwright leaves an event loop in the thread it was used in."""
    for item in items:
        if E2E in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: E2E in item.path.parents)


def pytest_collection_finish() -> None:
    """The garbage collector need not look again and again at what stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The database of this run, with Circular 20/2018 in it: nearly every test stands on it, and publishing it in each
    test's transaction took a third of their time."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        tt20()
        start = StartingRows()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: start.restore())
        yield


@pytest.fixture(scope="module")
def module_db(request: pytest.FixtureRequest, django_db_setup, django_db_blocker) -> Iterator[None]:
    """A transaction around a module's tests: what module-wide fixtures write is there for each, gone after the last."""
    marks = (item.get_closest_marker("django_db") for item in request.session.items if item.path == request.path)
    assert not any(mark and mark.kwargs.get("transaction") for mark in marks), "races belong in a module of their own"
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _settled(made: SimpleNamespace) -> SimpleNamespace:
    """`made`, with its deferred constraints checked now; else the end of each test would check them again."""
    connection.check_constraints()
    return made


@pytest.fixture
def world(_settled: SimpleNamespace, db) -> SimpleNamespace:
    """A copy of what the module's (or its folder's) fixture `made` wrote once for all of its tests.

    What a test does to the copy or to the database, the next one does not see.
    """
    return deepcopy(_settled)


@pytest.fixture
def w(world: SimpleNamespace) -> SimpleNamespace:
    """`world`, for tests that speak of it often."""
    return world


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits and kept values of one test are not met by the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    """A folder of this test's own for stored files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@contextmanager
def redis_server(folder: Path, port: int = 0) -> Iterator[int]:
    """A real Redis on a loopback port (a free one, unless given); it keeps nothing on disk. The value is its port."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing; run: make test"
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder],
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509  before any thread
        )
    try:
        for _attempt in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.fail(f"Redis did not start: {(folder / 'log').read_text()}")
        yield port
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis of this run's own."""
    with redis_server(tmp_path_factory.mktemp("redis")) as port:
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def redis_queue(redis_url: str) -> Iterator[str]:
    """The job queue on a real, empty Redis for one test; `.delay()` publishes there. The value is its address."""
    import redis

    from config.celery import app, broker

    with redis.Redis.from_url(redis_url) as connection:
        connection.flushall()
    with broker_changed(app, broker(redis_url, Path(django_settings.DATA_DIR))):
        yield redis_url


@pytest.fixture
def broker_down() -> Iterator[None]:
    """The job queue at an address where nobody listens."""
    from config.celery import app, broker

    with broker_changed(app, broker("redis://127.0.0.1:1/0", Path(django_settings.DATA_DIR))):
        yield


class broker_changed:  # noqa: N801  reads as a verb
    """Other broker settings for a while. Pools of connections are dropped on the way in and out."""

    def __init__(self, app, configuration: dict):
        self.app, self.configuration = app, {"broker_transport": None, **configuration}

    def __enter__(self) -> None:
        self.before = {name: self.app.conf[name] for name in self.configuration}
        self.change(self.configuration)

    def __exit__(self, *_) -> None:
        self.change(self.before)

    def change(self, configuration: dict) -> None:
        """Sets the values and forgets every open connection."""
        from kombu import pools

        self.app.conf.update(configuration)
        self.app.pool.force_close_all()
        self.app.amqp.__dict__.pop("_producer_pool", None)
        self.app.amqp._producer_pool = None
        self.app._pool = None
        pools.reset()


@pytest.fixture
def worker(redis_queue: str, transactional_db) -> Iterator[None]:
    """A Celery worker in a thread of this process, taking jobs from the Redis of `redis_queue`."""
    from celery.contrib.testing.worker import start_worker

    from config.celery import app

    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


@pytest.fixture(autouse=True)
def _no_server_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy set on the machine is not for loopback."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        if name in os.environ:
            monkeypatch.delenv(name)

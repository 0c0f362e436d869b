"""Jobs reach a worker through either broker: Redis, and the queue of files."""

import threading

import pytest
from celery import Celery, shared_task
from celery.contrib.testing.worker import start_worker
from kombu.exceptions import OperationalError

from config.celery import app, broker

done = threading.Event()


@shared_task(name="tests.queues.ring")
def ring() -> None:
    """Lets the test know."""
    done.set()


@pytest.fixture(autouse=True)
def _silent():
    """Nothing rang yet; and afterwards the product's application is the current one again, as a worker changes that."""
    done.clear()
    yield
    app.set_current()
    app.set_default()


@pytest.mark.queue
@pytest.mark.django_db(transaction=True)
def test_through_redis(worker):
    ring.delay()
    assert done.wait(20)


@pytest.mark.django_db(transaction=True)
def test_through_files(tmp_path):
    files = Celery("files", set_as_current=False)
    files.conf.update(broker("", tmp_path), task_ignore_result=True, worker_enable_remote_control=False)

    @files.task(name="tests.queues.files")
    def job() -> None:
        done.set()

    with start_worker(files, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        job.delay()
        assert done.wait(20)
    assert not list((tmp_path / "queue" / "messages").iterdir()), "a message is taken whole and once"


def test_a_broker_that_is_down_fails_at_once(broker_down):
    with pytest.raises(OperationalError):
        ring.delay()


def test_every_beat_entry_is_a_task():
    app.loader.import_default_modules()
    unknown = {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks)
    assert not unknown

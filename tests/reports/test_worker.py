"""With a real worker and a real Redis, with files instead of Redis, and with neither."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from config.celery import app, broker
from config.env import BASE_DIR
from reports.actions.building import resume_waiting
from reports.actions.requests import request_report
from reports.enums import ReportKind, ReportStatus
from reports.models import Report, Tally
from tests.conftest import broker_changed
from tests.reports.conftest import results_world

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 150  # seconds, on a busy machine; normally two
WAITS = [ReportStatus.QUEUED, ReportStatus.RUNNING]


def ask(w, kind=ReportKind.SELF_FORM, by=None, evaluation=None, unit=None) -> Report:
    return request_report(
        kind=kind, cycle=w.cycle, unit=unit or w.school, evaluation=evaluation, language="vi", by=by or w.teacher
    )


def wait_for(report: Report) -> Report:
    """The report when it has come to an end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = Report.objects.select_related("file").get(pk=report.pk)
        if found.status not in WAITS:
            return found
        time.sleep(0.1)
    pytest.fail(f"still {found.status} after {PATIENCE} seconds")


def start_worker(redis_url: str, data_dir: Path) -> subprocess.Popen:
    """A worker process of its own on the test's database, started the way the product starts it."""
    address, mark, options = os.environ["DATABASE_URL"].partition("?")
    server = address.rpartition("/")[0]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}{mark}{options}",
        "REDIS_URL": redis_url,
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "x" * 50,
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--pool", "solo", "-l", "WARNING"]
    return subprocess.Popen(command, env=environment, cwd=BASE_DIR)


@pytest.fixture
def data_dir(tmp_path, settings) -> Path:
    """Files where a worker process finds them, too."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def stop(worker: subprocess.Popen) -> None:
    worker.terminate()
    try:
        worker.wait(30)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait(10)


def test_a_worker_on_redis_makes_what_is_asked_for_and_counts_what_has_moved(worker):
    w = results_world()
    done = wait_for(ask(w, evaluation=w.mine))
    assert (done.status, done.error) == (ReportStatus.DONE, "")
    until = time.monotonic() + PATIENCE
    while Tally.objects.filter(cycle=w.cycle, criterion=None).count() < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert Tally.objects.filter(cycle=w.cycle, criterion=None, unit=w.school).get().counts == [0, 0, 1, 0]


def test_a_report_waits_for_a_worker_that_is_down_and_is_made_when_it_is_back(redis_queue, data_dir):
    w = results_world()
    report = ask(w, evaluation=w.mine)
    time.sleep(0.5)
    assert Report.objects.get().status == ReportStatus.QUEUED
    process = start_worker(redis_queue, data_dir)
    try:
        done = wait_for(report)
        assert (done.status, done.error) == (ReportStatus.DONE, "")
        with done.file.content.open("rb") as content:
            assert content.read(5) == b"%PDF-"
    finally:
        stop(process)


def test_the_queue_of_files_serves_as_well(data_dir):
    with broker_changed(app, {**broker("", data_dir), "broker_read_url": None, "broker_write_url": None}):
        w = results_world()
        report = ask(w, ReportKind.RESULT_SHEET, evaluation=w.mine)
        process = start_worker("", data_dir)
        try:
            assert wait_for(report).status == ReportStatus.DONE
        finally:
            stop(process)


def test_with_the_broker_down_asking_works_and_the_report_is_made_later(broker_down, redis_url, data_dir):
    w = results_world()
    report = ask(w, evaluation=w.mine)
    assert app.conf.broker_transport_options["max_retries"] == 0  # kombu's own patience: six seconds a message
    assert Report.objects.get().status == ReportStatus.QUEUED
    with broker_changed(app, broker(redis_url, data_dir)):
        Report.objects.update(requested_at=report.requested_at - timedelta(minutes=1))
        assert resume_waiting() == 1
        process = start_worker(redis_url, data_dir)
        try:
            assert wait_for(report).status == ReportStatus.DONE
        finally:
            stop(process)

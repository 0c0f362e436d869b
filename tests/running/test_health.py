"""What a balancer and an operator are told."""

import pytest
from django.db import OperationalError, connection

from core.tasks import resume_mails
from core.worker import leave_sign


def test_alive_without_asking_the_database(client):
    """No `db` fixture: a query would be refused."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready(client):
    leave_sign()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "ok", "storage": "ok", "broker": "ok", "worker": "ok"}
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_database(client, monkeypatch):
    def refuse():
        raise OperationalError("password=secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "the database does not answer"
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_still_ready_without_broker_and_storage(client, broker_down, settings, tmp_path):
    (tmp_path / "a-file").touch()
    settings.MEDIA_ROOT = tmp_path / "a-file" / "files"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "cannot be reached" in answer.json()["broker"]
    assert answer.json()["storage"] == "files cannot be written"


def test_only_asking(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_worker_is_heard_of_through_its_jobs(client):
    assert "no worker has been heard of" in client.get("/readyz").json()["worker"]
    resume_mails.apply()
    assert client.get("/readyz").json()["worker"] == "ok"

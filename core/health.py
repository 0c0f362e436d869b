"""Answers for a balancer and an operator: is the process alive, and can it do its work."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import worker

OK = "ok"


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of anybody, so a slow database restarts no web server."""
    return HttpResponse(OK, content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Each thing the product needs, "ok" or what is wrong in words; 503 when the database does not answer.

    The rest failing is told but answered 200: people can read and save while jobs, cache or uploads wait for repair.
    """
    found = {
        "database": tell(database, "the database does not answer"),
        "cache": tell(cached, "the cache does not keep what it is given; attempts are counted on each machine alone"),
        "storage": tell(storage, "files cannot be written"),
        "broker": tell(broker, "the job queue cannot be reached; jobs wait and follow later"),
        "worker": tell(worker.is_answering, "no worker has been heard of lately; jobs wait until one runs"),
    }
    return JsonResponse(found, status=200 if found["database"] == OK else 503)


def tell(check: Callable[[], bool], sentence: str) -> str:
    """ "ok", or the sentence. Details of the failure go to nobody who is not signed in to the machine."""
    try:
        return OK if check() else sentence
    except Exception:  # noqa: BLE001  whatever a driver raises, the answer is the sentence
        return sentence


def database() -> bool:
    """A query is answered."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)


def cached() -> bool:
    """A value comes back, from Redis where there is one: the files that stand in for it do not count."""
    if hasattr(cache, "reachable") and not cache.reachable():
        return False
    key = f"readyz-{uuid4()}"
    cache.set(key, OK, 10)
    found = cache.get(key)
    cache.delete(key)
    return found == OK


def storage() -> bool:
    """The folder of uploaded files takes one. Other storages (S3) say so themselves when a file is saved."""
    if settings.STORAGES["default"]["BACKEND"] != "django.core.files.storage.FileSystemStorage":
        return True
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        return file.write(OK.encode()) == len(OK)


def broker() -> bool:
    """A connection can be opened."""
    with current_app.connection_for_write() as queue:
        queue.ensure_connection(max_retries=1, timeout=2)
        return bool(queue.connected)

"""Is any worker alive? Each job that a worker takes or ends leaves a sign in the cache; beat sees to one every 30 seconds."""

import logging
import time

from celery.signals import task_postrun, task_prerun, worker_ready
from django.core.cache import cache

log = logging.getLogger(__name__)

KEY = "worker-seen"
KEPT = 60 * 60 * 24
SILENT = 150
"""Seconds without a sign after which no worker is taken to be there."""


@worker_ready.connect
@task_prerun.connect
@task_postrun.connect
def leave_sign(**_news) -> None:
    """Notes that a worker is alive now. Never in the way of the job."""
    try:
        cache.set(KEY, time.time(), KEPT)
    except Exception as error:  # noqa: BLE001 - every cache has its own exceptions
        log.warning("no sign of the worker's life could be left: %s", error)


def is_answering() -> bool:
    """Has any worker been heard of lately? False also when the cache was emptied a moment ago."""
    seen = cache.get(KEY)
    return seen is not None and time.time() - seen < SILENT

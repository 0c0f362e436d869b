"""Handing work to the worker. The row that asks for the work is the outbox; the message is only a nudge."""

import logging
from functools import partial

from celery import Task
from django.db import transaction

log = logging.getLogger(__name__)


def enqueue(task: Task, *args) -> None:
    """Sends `task(*args)` after the commit. A broker that is down is logged, never raised: beat finds the row later.

    `args` are primitives (ids), so that a message stays valid whatever happens to the code meanwhile.
    """
    transaction.on_commit(partial(_send, task, args), robust=True)


def _send(task: Task, args: tuple) -> None:
    try:
        task.apply_async(args=args, retry=False)
    except Exception as error:  # noqa: BLE001  every transport has its own exceptions; none may undo a saved act
        log.warning("broker unreachable, %s%s waits for beat: %s", task.name, args, error)

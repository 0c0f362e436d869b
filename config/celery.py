"""The Celery application: broker, limits and the schedule of everything that happens by itself.

Settings are read when the queue is first used, not on import: `config.embedded` fills in the environment before that.
"""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("chuan")


@app.add_defaults
def configuration() -> dict:
    """Celery's settings, from Django's."""
    from django.conf import settings

    return {
        **broker(settings.REDIS_URL, Path(settings.DATA_DIR)),
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_time_limit": 15 * 60,
        "task_soft_time_limit": 14 * 60,
        "task_serializer": "json",
        "accept_content": ["json"],
        "timezone": settings.TIME_ZONE,
        "broker_connection_retry_on_startup": True,
        "task_publish_retry": False,  # a broker that is down must not keep a teacher waiting: the row is the outbox
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_enable_remote_control": bool(settings.REDIS_URL),
        "worker_send_task_events": False,
        "beat_schedule": {
            "jobs-left-behind": _often("reports.tasks.resume_waiting", 30),
            "mails-left-behind": _often("core.tasks.resume_mails", 60),
            "reminders": {"task": "evaluations.tasks.send_reminders", "schedule": crontab(hour=7, minute=0)},
            "objection-window": {"task": "evaluations.tasks.close_unanswered", "schedule": crontab(hour=1, minute=0)},
            "unfinished-uploads": {"task": "files.tasks.forget_unfinished", "schedule": crontab(hour=3, minute=20)},
            "undecided-uploads": {"task": "standards.tasks.forget_uploads", "schedule": crontab(hour=3, minute=10)},
            "mentors-who-evaluate": {"task": "mentoring.tasks.end_conflicts", "schedule": crontab(hour=0, minute=20)},
        },
    }


def _often(task: str, seconds: int) -> dict:
    """An entry of the schedule. A message that no worker took before the next is worth nothing: none pile up."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


def broker(redis_url: str, data_dir: Path) -> dict:
    """Redis when its address is given, else a queue of files under `data_dir` (trying, developing)."""
    if redis_url:
        return {
            "broker_url": redis_url,
            # one attempt: kombu's own retries make every request wait six seconds while Redis is down
            "broker_transport_options": {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 0},
        }
    queue = data_dir / "queue"
    for name in ("messages", "control"):
        (queue / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport": "config.file_queue:Transport",
        "broker_transport_options": {
            "data_folder_in": str(queue / "messages"),
            "data_folder_out": str(queue / "messages"),
            "control_folder": str(queue / "control"),
            "polling_interval": 0.25,
        },
    }


app.autodiscover_tasks()

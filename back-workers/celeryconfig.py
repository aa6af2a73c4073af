"""Celery's settings, and what runs when (guide: "Patterns"). State that people see lives in PostgreSQL, so no results are kept."""

from typing import Any
from urllib.parse import quote

import discovery
from celery.schedules import crontab
from settings import NAME, TaskSettings

settings = TaskSettings.load()

broker_url = (
    f"redis://{NAME}:{quote(settings.redis_password.get_secret_value(), safe='')}"
    f"@{settings.redis_host}:{settings.redis_port}/0"
)
broker_transport_options: dict[str, Any] = {
    "global_keyprefix": "celery:",
    "visibility_timeout": 900,  # longer than any task may take
    "socket_connect_timeout": 2.0,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
broker_pool_limit = 2

imports = discovery.module_names("tasks")
task_routes = {"announcements.*": {"queue": "bulk"}, "notification-preferences.*": {"queue": "bulk"}}
accept_content = ["json"]
task_serializer = "json"
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
task_soft_time_limit = 600
task_time_limit = 660
worker_prefetch_multiplier = 1
worker_concurrency = 1
worker_max_memory_per_child = 200_000  # KiB
worker_cancel_long_running_tasks_on_connection_loss = False  # they are idempotent and hold their own lease
worker_enable_remote_control = False  # no fan-out channels, so the ACL user needs none
worker_send_task_events = False
enable_utc = True


def _sweep(task: str) -> dict[str, Any]:
    """While no worker is there, sweeps need not pile up."""
    return {"task": task, "schedule": settings.sweep_seconds, "options": {"expires": settings.sweep_seconds}}


beat_scheduler = "celery_app.scheduler:LeasedScheduler"
beat_max_loop_interval = 5
beat_schedule: dict[str, dict[str, Any]] = {
    "bill the month": {
        "task": "billing.start_monthly",
        "schedule": crontab(minute="0", hour="3", day_of_month="1"),
    },
    "resume billing runs whose worker died": _sweep("billing.resume"),
    "resume announcements whose worker died": _sweep("announcements.resume"),
    **{f"resume the work of {name}": _sweep(f"{name}.resume") for name in discovery.features_with("work.py")},
    "send mails that waited: after quiet hours, and the daily summaries": {
        "task": "notification-preferences.send_due",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
}

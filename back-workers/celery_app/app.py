"""The Celery application: started by `main.py worker` and `main.py beat`."""

from typing import Any

from celery import Celery
from settings import NAME, TaskSettings

from celery_app import signals
from celery_app.broker import BrokerConnection
from celery_app.flagged_task import FlaggedTask
from celery_app.health import ConsumerHealth
from shared.chassis import memory, tracing

app: Any = Celery("back-workers", task_cls=FlaggedTask)  # celery has no types
app.config_from_object("celeryconfig")
app.amqp.Connection = BrokerConnection
app.steps["consumer"].add(ConsumerHealth)
signals.install()


def start(role: str) -> None:
    """Becomes Celery's `worker` or `beat`."""
    settings = TaskSettings.load()
    tracing.start(NAME, settings)
    options = {
        "worker": ["--without-gossip", "--without-mingle", "--without-heartbeat", f"--queues={settings.worker_queues}"],
        "beat": ["--pidfile="],
    }
    memory.settle()
    app.start([role, *options[role], "--loglevel=INFO"])

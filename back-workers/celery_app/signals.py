"""Logs, correlation ids, traces and metrics of the Celery processes, by Celery's signals."""

import logging as standard
import os
from contextlib import ExitStack
from typing import Any

from celery import signals
from prometheus_client import Counter
from settings import NAME

from shared.chassis import logging, tracing
from shared.utils import correlation

QUIET = ("celery.worker.strategy", "celery.app.trace")  # two lines a task; failures still show
HEADER = "x_correlation_id"
TASKS = Counter("celery_tasks_total", "Tasks that ended.", ["task", "state"])
SIGNALS: Any = signals  # celery has no types
_bound = ExitStack()


def install() -> None:
    """Connects all; the receivers are module functions, since Celery keeps weak references."""
    SIGNALS.setup_logging.connect(configure_logs)
    SIGNALS.before_task_publish.connect(send_correlation)
    SIGNALS.task_prerun.connect(bind_correlation)
    SIGNALS.task_postrun.connect(unbind_correlation)


def configure_logs(**_: Any) -> None:
    logging.configure(NAME, level=os.environ.get("LOG_LEVEL", "INFO").upper())
    for chatty in QUIET:
        standard.getLogger(chatty).setLevel(standard.WARNING)


def send_correlation(sender: str, headers: dict[str, Any], **_: Any) -> None:
    headers.setdefault(HEADER, correlation.accept(correlation.current()))
    with tracing.client_span("back-redis", f"send {sender}"):
        headers.update(tracing.trace_headers())


def bind_correlation(task: Any, **_: Any) -> None:
    _bound.enter_context(correlation.bind(correlation.accept(task.request.get(HEADER))))
    _bound.enter_context(tracing.consumer_span(task.name, task.request.get(tracing.HEADER)))


def unbind_correlation(task: Any, state: str | None = None, **_: Any) -> None:
    TASKS.labels(task.name, state or "unknown").inc()
    _bound.close()

"""Structured logs: one JSON object a line, with service and correlation id; standard-library loggers included.

Our own lines go to the stream as bytes, past the standard library, and many in one write (shared.chassis.lines): each
request writes one, which took a tenth of its time otherwise.
"""

import logging
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.chassis.lines import LINES
from shared.chassis.tracing.log_lines import attach
from shared.utils import correlation

JSON: Any = structlog.processors.JSONRenderer(serializer=orjson.dumps)


class _Stdout:
    """The target of structlog."""

    def __init__(self, *_: Any) -> None: ...

    debug = info = staticmethod(LINES.add)
    warning = error = critical = staticmethod(LINES.add_now)


class _Handler(logging.Handler):
    """The target of the standard library's loggers."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record).encode(errors="backslashreplace")
            (LINES.add if record.levelno < logging.WARNING else LINES.add_now)(line)
        except Exception:  # noqa: BLE001 - as logging itself does: reported on standard error, never raised in the caller
            self.handleError(record)


def configure(service: str, *, level: str = "INFO") -> None:
    """Sends every log line of this process to standard output as JSON."""

    def context(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = service
        if correlation_id := correlation.current():
            event.setdefault("correlation_id", correlation_id)
        return event

    shared: list[Processor] = [
        context,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        attach,
    ]
    structlog.configure(
        processors=[*shared, JSON],
        logger_factory=_Stdout,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )
    handler = _Handler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _as_text,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "uvicorn.access", "uvicorn.error", "uvicorn", "aiohttp.access", "cassandra"):
        logger = logging.getLogger(chatty)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(logging.WARNING)


def _as_text(logger: WrappedLogger, method: str, event: EventDict) -> str:
    return JSON(logger, method, event).decode()

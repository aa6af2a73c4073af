"""Structured logs: one JSON object a line, with service and correlation id; standard-library loggers included."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.utils import correlation


def configure(service: str, *, level: str = "INFO") -> None:
    """Sends every log line of this process to standard output as JSON."""

    def context(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = service
        if correlation_id := correlation.current():
            event.setdefault("correlation_id", correlation_id)
        return event

    shared: list[Processor] = [
        context,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "uvicorn.access", "uvicorn.error", "uvicorn", "aiohttp.access", "cassandra"):
        logger = logging.getLogger(chatty)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.WARNING)

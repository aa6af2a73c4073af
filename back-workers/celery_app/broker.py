"""Celery's connection to back-redis, with shorter pauses between attempts than its default of up to half a minute."""

from typing import Any

from kombu.connection import Connection

INTERVALS = {"interval_start": 0.5, "interval_step": 0.5, "interval_max": 3}


class BrokerConnection(Connection):
    """Back within three seconds of back-redis."""

    def ensure_connection(self, *arguments: Any, **named: Any) -> Any:
        return super().ensure_connection(*arguments, **INTERVALS | named)  # pyright: ignore[reportUnknownMemberType]

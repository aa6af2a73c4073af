"""Moments as Cassandra keeps them here where milliseconds are too coarse: microseconds since 1970."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime.fromtimestamp(0, UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR_MICROS = 3_600_000_000


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def moment(micros: int) -> datetime:
    """An aware one, in UTC."""
    return EPOCH + timedelta(microseconds=micros)

"""Presence's adapter is back-redis' own client, which keeps `domain.Connected`."""

from back_redis.presence import Presence

__all__ = ["Presence"]

"""What `api.py` takes: the domain over its adapters."""

from datetime import UTC, datetime
from functools import cache
from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request
from people import BackPostgresPeople

from shared.contracts.flags import declared_flags

from .domain import FeatureFlagDomain
from .infrastructure import BackCassandraFlags, RedisAnnouncer

_declared = cache(declared_flags)


def _now() -> datetime:
    return datetime.now(UTC)


async def _domain(request: Request) -> FeatureFlagDomain:
    resources = resources_of(request)
    return FeatureFlagDomain(
        _declared(),
        resources.flags,
        BackCassandraFlags(resources.back_cassandra),
        RedisAnnouncer(resources.flag_publisher),
        BackPostgresPeople(resources.back_postgres),
        _now,
    )


Domain = Annotated[FeatureFlagDomain, Depends(_domain)]

"""The dependencies of `api.py`: the domain over its adapters."""

from datetime import UTC, datetime
from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request
from people import BackPostgresPeople

from shared.contracts.flags import declared_flags

from .domain import FeatureFlagDomain, FlagNotFound
from .infrastructure import BackCassandraFlags, RedisAnnouncer


def _now() -> datetime:
    return datetime.now(UTC)


async def _domain(request: Request) -> FeatureFlagDomain:
    resources = resources_of(request)
    return FeatureFlagDomain(
        declared_flags(),
        resources.flags,
        BackCassandraFlags(resources.back_cassandra),
        RedisAnnouncer(resources.flag_publisher),
        BackPostgresPeople(resources.back_postgres),
        _now,
    )


async def _known(name: str, request: Request) -> str:
    """Before the body is looked at. Raises FlagNotFound."""
    if resources_of(request).flags.get(name) is None:
        raise FlagNotFound
    return name


KnownName = Annotated[str, Depends(_known)]
Domain = Annotated[FeatureFlagDomain, Depends(_domain)]

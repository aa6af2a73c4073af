"""The dependencies of `api.py`: the domains over their adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import FiguresDomain
from .infrastructure import (
    BackCassandraActivity,
    BackPostgresAccounts,
    HttpPeer,
    RedisBacklog,
    RedisPeer,
    declared_services,
    today,
)
from .services import ServicesDomain


async def _domain(request: Request) -> FiguresDomain:
    resources = resources_of(request)
    cache = resources.cache
    accounts = BackPostgresAccounts(resources.back_postgres, cache)
    activity = BackCassandraActivity(resources.back_cassandra, cache)
    return FiguresDomain(accounts, activity, RedisBacklog(resources.redis, cache), today)


async def _services(request: Request) -> ServicesDomain:
    resources = resources_of(request)
    peers = {
        "back-auth": HttpPeer(resources.back_auth),
        "back-postgres": HttpPeer(resources.back_postgres, store="postgres"),
        "back-cassandra": HttpPeer(resources.back_cassandra, store="cassandra"),
        "back-redis": RedisPeer(resources.redis),
    }
    return ServicesDomain(declared_services(), peers)


Domain = Annotated[FiguresDomain, Depends(_domain)]
Services = Annotated[ServicesDomain, Depends(_services)]

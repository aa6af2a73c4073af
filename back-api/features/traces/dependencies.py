"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import TracesDomain
from .infrastructure import BackCassandraTraces


async def _domain(request: Request) -> TracesDomain:
    return TracesDomain(BackCassandraTraces(resources_of(request).back_cassandra))


Domain = Annotated[TracesDomain, Depends(_domain)]

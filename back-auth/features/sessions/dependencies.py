"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from fastapi import Depends, Request

from dependencies import resources_of

from .domain import SessionsDomain
from .infrastructure import CassandraSignIns


async def _domain(request: Request) -> SessionsDomain:
    resources = resources_of(request)
    return SessionsDomain(resources.sessions, CassandraSignIns(resources.back_cassandra))


Domain = Annotated[SessionsDomain, Depends(_domain)]

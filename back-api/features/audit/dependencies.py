"""The dependencies of `api.py`: the domain over its adapters."""

from datetime import UTC, datetime
from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request
from people import BackPostgresPeople

from .domain import AuditDomain
from .infrastructure import BackCassandraAuditLog


def _now() -> datetime:
    return datetime.now(UTC)


async def _domain(request: Request) -> AuditDomain:
    resources = resources_of(request)
    people = BackPostgresPeople(resources.back_postgres)
    return AuditDomain(BackCassandraAuditLog(resources.back_cassandra), people, _now)


Domain = Annotated[AuditDomain, Depends(_domain)]

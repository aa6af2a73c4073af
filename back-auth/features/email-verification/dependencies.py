"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from fastapi import Depends, Request

from dependencies import resources_of

from .domain import EmailVerificationDomain
from .infrastructure import BackPostgresVerifications, RedisMailLimit


async def _domain(request: Request) -> EmailVerificationDomain:
    resources = resources_of(request)
    limit = RedisMailLimit(resources.limiter, resources.budgets.verification_mails)
    return EmailVerificationDomain(BackPostgresVerifications(resources.back_postgres), limit)


Domain = Annotated[EmailVerificationDomain, Depends(_domain)]

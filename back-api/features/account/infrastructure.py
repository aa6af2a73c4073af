"""The account's adapter: back-postgres over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.user import User
from shared.utils.errors import NotFound

from .domain import AccountDomain, NoAccount


class BackPostgresAccounts:
    """`domain.AccountStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, user_id: str) -> User:
        try:
            return await self._postgres.get(f"/internal/users/{user_id}", model=User)
        except NotFound:
            raise NoAccount from None


async def _domain(request: Request) -> AccountDomain:
    return AccountDomain(BackPostgresAccounts(resources_of(request).back_postgres))


Domain = Annotated[AccountDomain, Depends(_domain)]

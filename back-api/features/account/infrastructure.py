"""The account's adapter: back-postgres over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.user import User
from shared.utils.errors import peer_errors_as

from .domain import AccountNotFound


class BackPostgresAccounts:
    """`domain.AccountStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, user_id: str) -> User:
        with peer_errors_as(missing=AccountNotFound):
            return await self._postgres.get(f"/internal/users/{user_id}", model=User)

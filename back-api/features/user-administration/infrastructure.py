"""User administration's adapter: back-postgres over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.user import User
from shared.models.user_list import StoredUserQuery, UserPage
from shared.utils.errors import peer_errors_as

from .domain import UserNotFound


class BackPostgresUsers:
    """`domain.UserStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def list_users(self, query: StoredUserQuery) -> UserPage:
        return await self._postgres.get("/internal/users", params=query.params(), model=UserPage)

    async def get(self, user_id: str) -> User:
        with peer_errors_as(missing=UserNotFound):
            return await self._postgres.get(f"/internal/users/{user_id}", model=User)

"""Listing accounts; who may is said by the permission `users:read` at the endpoints."""

from typing import Protocol

from shared.models.billing import FREE
from shared.models.user import User
from shared.models.user_list import StoredUserQuery, UserPage, UserQuery
from shared.utils.errors import NotFound


class UserNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such user.")


class UserStore(Protocol):
    """back-postgres."""

    async def list_users(self, query: StoredUserQuery) -> UserPage: ...

    async def get(self, user_id: str) -> User:
        """Raises UserNotFound."""
        ...


class UserAdministrationDomain:
    def __init__(self, store: UserStore) -> None:
        self._store = store

    async def list_users(self, query: UserQuery) -> UserPage:
        """Accounts whose address or name holds `query.q`; a blank one narrows nothing. Who has no subscription is on the free plan."""
        given = query.model_dump() | {"q": (query.q or "").strip() or None}
        stored = StoredUserQuery.model_validate(given | {"without_subscription": query.plan == FREE})
        return await self._store.list_users(stored)

    async def get(self, user_id: str) -> User:
        return await self._store.get(user_id)

"""Searching accounts; who may is said by the permission `users:read` at the endpoints."""

from typing import Protocol

from shared.models.base import Page
from shared.models.user import User
from shared.utils.errors import NotFound


class UserNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such user.")


class UserStore(Protocol):
    """back-postgres."""

    async def list_users(self, query: str | None, *, limit: int, cursor: str | None) -> Page[User]: ...

    async def get(self, user_id: str) -> User:
        """Raises UserNotFound."""
        ...


class UserAdministrationDomain:
    def __init__(self, store: UserStore) -> None:
        self._store = store

    async def list_users(self, query: str | None, *, limit: int, cursor: str | None) -> Page[User]:
        """Accounts whose address or name holds `query`; all of them for a blank one."""
        return await self._store.list_users((query or "").strip() or None, limit=limit, cursor=cursor)

    async def get(self, user_id: str) -> User:
        return await self._store.get(user_id)

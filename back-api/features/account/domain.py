"""The caller's own account."""

from typing import Protocol

from shared.models.user import Me, User
from shared.utils.errors import NotFound


class AccountNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("This account no longer exists.")


class AccountStore(Protocol):
    """back-postgres."""

    async def get(self, user_id: str) -> User:
        """Raises AccountNotFound."""
        ...


class AccountDomain:
    def __init__(self, store: AccountStore) -> None:
        self._store = store

    async def me(self, user_id: str) -> Me:
        return Me(user=await self._store.get(user_id))

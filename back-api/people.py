"""Accounts of users by id, from back-postgres over HTTP."""

from collections.abc import Sequence

import structlog

from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.user import User, UserIds
from shared.utils.errors import Unavailable

log = structlog.get_logger("people")


class BackPostgresPeople:
    """The addresses of accounts, for pages that name people by id."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def addresses(self, user_ids: Sequence[str]) -> dict[str, str]:
        """By id, in one call. Unknown users are missing; the map is empty while back-postgres is away."""
        ids = UserIds(ids=list(user_ids))
        try:
            users = await self._postgres.post("/internal/users/batch", json=ids, model=Items[User])
        except Unavailable:
            log.warning("people are shown by id; their accounts cannot be read")
            return {}
        return {user.id: user.email for user in users.items}

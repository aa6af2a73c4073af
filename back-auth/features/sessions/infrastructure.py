"""The adapters of sessions: back-redis and back-cassandra."""

from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.session import LoginEvent


class CassandraSignIns:
    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._back_cassandra = back_cassandra

    async def list_login_events(self, user_id: str, *, limit: int, cursor: str | None) -> Page[LoginEvent]:
        return await self._back_cassandra.get(
            f"/internal/login-events/{user_id}", params={"limit": limit, "cursor": cursor}, model=Page[LoginEvent]
        )

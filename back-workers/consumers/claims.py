"""Claims on events in back-postgres, for effects that cannot be repeated."""

from collections.abc import Awaitable, Callable

from shared.chassis.client import ServiceClient
from shared.models.events import EventClaim, EventClaimed
from shared.utils.errors import Unavailable

PATH = "/internal/processed-events"


class Claims:
    """`lease_seconds`: after so long a claim is worth nothing, since its holder must have died."""

    def __init__(self, back_postgres: ServiceClient, lease_seconds: float) -> None:
        self._postgres = back_postgres
        self._lease_seconds = max(1, round(lease_seconds))

    async def once(self, consumer: str, event_id: str, effect: Callable[[], Awaitable[None]]) -> None:
        """Does `effect` unless `consumer` has done it for this event before.

        Raises:
            Unavailable: another process is at it, or back-postgres does not answer.
        """
        claim = EventClaim(consumer=consumer, event_id=event_id, lease_seconds=self._lease_seconds)
        state = (await self._postgres.post(PATH, model=EventClaimed, json=claim)).state
        if state == "in_progress":
            raise Unavailable("Another process is handling this event.", dependency="its claim")
        if state == "done":
            return
        try:
            await effect()
        except BaseException:
            await self._postgres.call("DELETE", f"{PATH}/{consumer}/{event_id}")
            raise
        await self._postgres.call("PUT", f"{PATH}/{consumer}/{event_id}")

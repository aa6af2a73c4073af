"""Claims on events in back-postgres, for effects that cannot be repeated."""

from collections.abc import Awaitable, Callable

from shared.chassis.client import ServiceClient
from shared.models.outbox import EventClaim, EventClaimed
from shared.utils.errors import Unavailable

PATH = "/internal/processed-events"


class Claims:
    """A claim expires after `lease_seconds`: its holder must have died."""

    def __init__(self, back_postgres: ServiceClient, lease_seconds: float) -> None:
        self._postgres = back_postgres
        self._lease_seconds = max(1, round(lease_seconds))
        self._unmarked: set[tuple[str, str]] = set()

    async def once(self, consumer: str, event_id: str, effect: Callable[[], Awaitable[None]]) -> None:
        """Does `effect` unless `consumer` has done it for this event before.

        Raises:
            Unavailable: another process is working on it, or back-postgres does not answer.
        """
        if (consumer, event_id) not in self._unmarked:
            if not await self._claimed(consumer, event_id):
                return
            await self._perform(consumer, event_id, effect)
        await self._postgres.call("PUT", f"{PATH}/{consumer}/{event_id}")
        self._unmarked.discard((consumer, event_id))

    async def _claimed(self, consumer: str, event_id: str) -> bool:
        """False when it is done already."""
        claim = EventClaim(consumer=consumer, event_id=event_id, lease_seconds=self._lease_seconds)
        state = (await self._postgres.post(PATH, model=EventClaimed, json=claim)).state
        if state == "in_progress":
            raise Unavailable("Another process is handling this event.", dependency="its claim")
        return state != "done"

    async def _perform(self, consumer: str, event_id: str, effect: Callable[[], Awaitable[None]]) -> None:
        try:
            await effect()
        except BaseException:
            await self._postgres.call("DELETE", f"{PATH}/{consumer}/{event_id}")
            raise
        self._unmarked.add((consumer, event_id))  # when back-postgres is lost now, the next attempt only marks it

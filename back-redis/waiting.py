"""A consumer group's waits: for which peer, since when, on which event; and events that somebody discards meanwhile.

`events:waiting` shows each such event to administrators, as `events:dead` shows those that failed. `events:discarded`
holds those (`group stream entry`) that a group still has to give up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

import structlog
from prometheus_client import Gauge

from back_redis.connection import Command, RedisCommandError, RedisConnection
from back_redis.streams import Entry, fields_of
from shared.models.event_streams import DeadLetterEntry
from shared.utils.errors import ServiceError, Unavailable

WAITING = "events:waiting"
DISCARDED = "events:discarded"
KEPT_WAITING = 1_000
WAIT_SECONDS = 10.0
KEPT_DISCARDED_SECONDS = 7 * 86_400
WAITS = Gauge("event_group_waits", "1 while a consumer group waits for a peer.", ["consumer", "dependency"])
log = structlog.get_logger("waiting")


@dataclass
class Wait:
    """A group's wait for `dependency` on one entry; `letter` is its id in `events:waiting` once it is listed."""

    group: str
    entry: Entry
    dependency: str
    since: datetime
    started: float
    letter: str = ""

    @classmethod
    def begin(cls, group: str, entry: Entry, dependency: str) -> "Wait":
        return cls(group, entry, dependency, datetime.now(UTC), monotonic())

    @property
    def seconds(self) -> float:
        return monotonic() - self.started

    def __str__(self) -> str:
        event = self.entry.event
        what = f"{event.type} {event.id}" if event else self.entry.id
        return f"{self.group} waits for {self.dependency} since {self.since:%Y-%m-%dT%H:%M:%SZ} on {what}"


class Waits:
    """The waits of this process's groups, for readiness and `/metrics`."""

    def __init__(self) -> None:
        self._by_group: dict[str, Wait] = {}

    def begin(self, wait: Wait) -> None:
        self._by_group[wait.group] = wait
        WAITS.labels(wait.group, wait.dependency).set(1)
        log.warning("group waits", group=wait.group, dependency=wait.dependency, entry=wait.entry.id)

    def end(self, wait: Wait) -> None:
        self._by_group.pop(wait.group, None)
        WAITS.labels(wait.group, wait.dependency).set(0)
        log.info("group goes on", group=wait.group, dependency=wait.dependency, waited=round(wait.seconds, 1))

    async def check(self) -> None:
        """For readiness. Raises Unavailable while a group waits."""
        if self._by_group:
            raise Unavailable("; ".join(str(wait) for wait in self._by_group.values()))


class WaitingList:
    """`events:waiting` and `events:discarded`, as a consumer group uses them."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def show(self, wait: Wait) -> None:
        """Lists it for administrators, unless it is listed. A full back-redis does not stop the wait."""
        if wait.letter:
            return
        entry = wait.entry
        shown = DeadLetterEntry(
            event=entry.text,
            stream=entry.stream,
            entry=entry.id,
            group=wait.group,
            error=f"waits for {wait.dependency}",
            deliveries="1",
        )
        try:
            wait.letter = await self._connection.call(
                "XADD", WAITING, "MAXLEN", "~", KEPT_WAITING, "*", *fields_of(shown)
            )
        except ServiceError as error:
            log.warning("waiting event not shown", group=wait.group, error=type(error).__name__)

    async def hide(self, wait: Wait) -> None:
        """Removes it from the list. If that fails now, `tidy` does it later."""
        if not wait.letter:
            return
        try:
            await self._connection.call("XDEL", WAITING, wait.letter)
        except ServiceError as error:
            log.info("waiting event still shown", group=wait.group, error=type(error).__name__)

    async def is_discarded(self, group: str, entry: Entry) -> bool:
        return bool(await self._connection.call("SISMEMBER", DISCARDED, _name(group, entry.stream, entry.id)))

    async def forget_discarded(self, group: str, entry: Entry) -> None:
        await self._connection.call("SREM", DISCARDED, _name(group, entry.stream, entry.id))

    async def tidy(self) -> int:
        """Removes entries that no group has to handle any more, as after a process died. Returns how many."""
        gone: list[str] = []
        for letter, fields in await self._connection.call("XRANGE", WAITING, "-", "+", "COUNT", KEPT_WAITING):
            stream = fields["stream"]
            group = fields["group"]
            entry = fields["entry"]
            try:
                is_pending = await self._connection.call("XPENDING", stream, group, entry, entry, 1)
            except RedisCommandError:  # there is no such stream or group any more
                is_pending = False
            if not is_pending:
                gone.append(letter)
        if gone:
            await self._connection.call("XDEL", WAITING, *gone)
        return len(gone)


def discard_commands(fields: Mapping[str, str]) -> list[Command]:
    """Makes the group of an entry of `events:waiting` give it up; for back-api, in its own transaction."""
    name = _name(fields["group"], fields["stream"], fields["entry"])
    return [("SADD", DISCARDED, name), ("EXPIRE", DISCARDED, KEPT_DISCARDED_SECONDS)]


def _name(group: str, stream: str, entry: str) -> str:
    return f"{group} {stream} {entry}"

"""Pending mails that cannot be delivered: dead letters of the consumer group `mail`, one for each part."""

from collections.abc import Sequence

from back_redis.connection import RedisConnection
from back_redis.streams import DEAD_LETTERS, KEPT_DEAD_LETTERS, fields_of
from shared.models.event_streams import DeadLetterEntry
from shared.models.pending_mail import DueMail
from shared.utils.ids import new_id

GROUP = "mail"
LONGEST_REASON = 500


class MailDeadLetters:
    """The event in such a dead letter has a new id, so that a replay sends the mail: the original's is done."""

    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    async def add(self, parts: Sequence[DueMail], reason: str) -> None:
        """Raises Unavailable; then the mail is claimed again."""
        for part in parts:
            again = part.event.model_copy(update={"id": new_id()}) if part.event else part
            letter = DeadLetterEntry(
                event=again.model_dump_json(),
                stream=part.event.stream if part.event else "",
                entry="",
                group=GROUP,
                error=reason[:LONGEST_REASON],
                deliveries=str(part.attempts + 1),
            )
            await self._redis.call("XADD", DEAD_LETTERS, "MAXLEN", "~", KEPT_DEAD_LETTERS, "*", *fields_of(letter))

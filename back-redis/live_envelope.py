"""The envelope of a live message on the channel of a shard of users: a line that names its users, then the message.

The line is `type id user_id,user_id,...`, so that a reader finds the sockets without parsing the JSON behind it, which goes
to browsers to the letter; in a trace its `traceparent` follows. Ids and types hold neither spaces nor commas.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from shared.models.notification import LiveMessage

SHARDS = 64
"""Publishers and subscribers must agree on it. Deploy a change to back-websockets first, reading both forms."""
AT_ONCE = 1000
"""Users that one published message addresses; more get a further message."""


class NotALiveMessage(ValueError):
    """A payload on a shard's channel is not a live message."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """`text` is the JSON of a `LiveMessage`; `type` and `id` are its own."""

    type: str
    id: str
    user_ids: tuple[str, ...]
    text: str
    traceparent: str = ""


def live_channel(user_id: str) -> str:
    """The channel of the shard that the user belongs to."""
    return f"live:{crc32(user_id.encode()) % SHARDS}"


def pack(user_ids: Sequence[str], message: LiveMessage, traceparent: str = "") -> list[tuple[str, str]]:
    """The messages to publish, as `(channel, payload)`, so that they reach `user_ids`."""
    text = message.model_dump_json()
    shards: dict[str, list[str]] = defaultdict(list)
    for user_id in dict.fromkeys(user_ids):
        shards[live_channel(user_id)].append(user_id)
    trace = f" {traceparent}" if traceparent else ""
    return [
        (channel, f"{message.type} {message.id} {','.join(members[start : start + AT_ONCE])}{trace}\n{text}")
        for channel, members in shards.items()
        for start in range(0, len(members), AT_ONCE)
    ]


def unpack(payload: str) -> Envelope:
    """The envelope of a published payload.

    Raises:
        NotALiveMessage: it is something else.
    """
    head, newline, text = payload.partition("\n")
    words = head.split(" ")
    if not newline or len(words) not in (3, 4):
        raise NotALiveMessage
    return Envelope(words[0], words[1], tuple(words[2].split(",")), text, words[3] if len(words) > 3 else "")

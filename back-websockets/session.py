"""One connected tab: what it was sent, what it has missed, and how it ends; over a WebSocket or an event stream alike."""

from typing import Protocol

from close_codes import REASONS, CloseCode
from messages import Message
from metrics import CLOSED, DROPPED

from shared.security.jwt import Claims

REMEMBERED = 512


class ClientConnection(Protocol):
    """A connection, with room for a bounded number of messages that its client has not taken yet."""

    kind: str

    def send(self, message: Message) -> bool:
        """Takes it for the next `flush`; False when there is no room left."""
        ...

    def flush(self) -> None:
        """Writes what it was sent or, while the client lags behind, leaves it for later."""
        ...

    async def send_when_ready(self, message: Message) -> None:
        """Waits for room."""
        ...

    def ping(self) -> bool:
        """Shows the client that the connection lives; False when the client has not answered the last time."""
        ...

    def close(self, code: CloseCode, reason: str) -> None:
        """Tells the client and ends the connection, whether or not it reads; safe to call again."""
        ...


class Session:
    """`resume_from` is the id of the last notification that it has for certain; it stands still until it has `caught_up`."""

    def __init__(self, client: ClientConnection, claims: Claims, *, resume_from: str, most_buffered: int) -> None:
        self.claims = claims
        self.client = client
        self.resume_from = resume_from
        self.caught_up = True
        self.ended = False
        self.turn = 0
        self._most_buffered = most_buffered
        self._buffer: list[Message] | None = []
        self._seen: dict[str, None] = {}

    @property
    def user_id(self) -> str:
        return self.claims.sub

    def enqueue(self, message: Message) -> bool:
        """Takes a live message; held back while missed ones are still being looked up. Whether it was written."""
        if self._buffer is None:
            return self._deliver(message)
        if len(self._buffer) < self._most_buffered:
            self._buffer.append(message)
        else:
            self._drop()
        return False

    async def catch_up(self, message: Message) -> None:
        """A missed one. Waits for room: a long list of missed messages is not the client's slowness."""
        if self._is_new(message.id):
            await self.client.send_when_ready(message)
        self.resume_from = message.id

    def resume_live(self) -> None:
        """Lets live messages through, the held ones first."""
        buffered = self._buffer or []
        self._buffer = None
        for message in buffered:
            self._deliver(message)
        self.client.flush()

    def end(self, code: CloseCode, detail: str = "") -> None:
        """Closes the connection; the first reason counts. `detail` is added to the reason that the client gets."""
        if not self.ended:
            self.ended = True
            CLOSED.labels(code.name.lower()).inc()
            self.client.close(code, f"{REASONS[code]}; {detail}" if detail else REASONS[code])

    def disconnected(self, reason: str = "by_client") -> None:
        """The client, or a protocol error of its, has ended the connection."""
        if not self.ended:
            self.ended = True
            CLOSED.labels(reason).inc()

    def _deliver(self, message: Message) -> bool:
        if self.ended or (message.resumable and not self._is_new(message.id)):
            return False
        if not self.client.send(message):
            self._drop()
            return False
        if message.resumable and self.caught_up:
            self.resume_from = message.id
        return True

    def _drop(self) -> None:
        DROPPED.inc()
        self.end(CloseCode.TOO_SLOW)

    def _is_new(self, message_id: str) -> bool:
        if message_id in self._seen:
            return False
        if len(self._seen) >= REMEMBERED:
            del self._seen[next(iter(self._seen))]
        self._seen[message_id] = None
        return True

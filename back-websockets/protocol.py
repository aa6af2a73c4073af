"""uvicorn's WebSocket protocol, without patience for a client that does not read."""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

ABORT_SECONDS = 5.0
MAX_MESSAGE = 4096
OPTIONS: dict[str, Any] = {
    "ws_max_size": MAX_MESSAGE,  # clients have nothing to say; more ends with 1009
    "ws_per_message_deflate": False,  # messages are small, and a compressor costs memory a socket
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
}


class ImpatientProtocol(WebSocketsSansIOProtocol):
    """A close frame does not wait for room, and a socket that is to be closed is cut off after five seconds."""

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.writable.set()
            self.loop.call_later(ABORT_SECONDS, self.transport.abort)
        await super().send(message)

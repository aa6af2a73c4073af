"""The close codes of sockets and event streams (design section 15). A browser learns a code only after the handshake, so each refusal accepts first."""

from enum import IntEnum


class CloseCode(IntEnum):
    PROTOCOL_ERROR = 1002
    BINARY = 1003
    """The client sent bytes."""
    NOT_JSON = 1007
    FLOOD = 1008
    """The client sent far more than it has reason to."""
    TOO_BIG = 1009
    UNRESPONSIVE = 1011
    """A ping was not answered until the next one."""
    RESTART = 1012
    """The service stops: reconnect after the `retry_in=<ms>` of the reason, so that not all come at once."""
    TRY_LATER = 1013
    """A service that is needed to check the login is away."""
    LOGGED_OUT = 4401
    """No login, or it has expired or was revoked."""
    FOREIGN_ORIGIN = 4403
    TOO_SLOW = 4408
    TOO_MANY = 4429


REASONS = {
    CloseCode.PROTOCOL_ERROR: "protocol error",
    CloseCode.BINARY: "text only",
    CloseCode.NOT_JSON: "not a JSON object",
    CloseCode.FLOOD: "too many messages",
    CloseCode.TOO_BIG: "too big",
    CloseCode.UNRESPONSIVE: "no answer to a ping",
    CloseCode.RESTART: "restart",
    CloseCode.TRY_LATER: "try again later",
    CloseCode.LOGGED_OUT: "log in again",
    CloseCode.FOREIGN_ORIGIN: "origin not allowed",
    CloseCode.TOO_SLOW: "too slow",
    CloseCode.TOO_MANY: "too many connections",
}


class ConnectionRejected(Exception):
    """The connection is closed with `code`."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code.name)
        self.code = code

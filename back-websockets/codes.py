"""How a socket ends (design section 15). A browser learns a code only after the handshake, so each refusal accepts first."""

from enum import IntEnum


class Close(IntEnum):
    TRY_LATER = 1013
    """Keys to check the login with cannot be had right now."""
    FLOOD = 1008
    """The client sent far more than it has reason to; messages above the size limit end with 1009."""
    LOGGED_OUT = 4401
    """No login, or it has expired or was revoked."""
    FOREIGN_ORIGIN = 4403
    TOO_SLOW = 4408
    TOO_MANY = 4429


RESTART = 1012
"""Sent by the server itself when it stops: reconnect at once."""

REASONS = {
    Close.TRY_LATER: "try again later",
    Close.FLOOD: "too many messages",
    Close.LOGGED_OUT: "log in again",
    Close.FOREIGN_ORIGIN: "origin not allowed",
    Close.TOO_SLOW: "too slow",
    Close.TOO_MANY: "too many connections",
}

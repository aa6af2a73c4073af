"""Tokens of devices that have logged in before (OWASP "device cookies"): guesses from elsewhere do not lock those out.

A token is `<device id>.<seconds since 1970>.<account>[.<account>...].<tag>`: signed, readable by nobody but back-auth, and
worth no more than a budget of attempts of its own. Accounts are keyed digests of addresses; a device keeps the newest five,
as people share computers.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_ACCOUNTS = 5
VALID_SECONDS = 365 * 24 * 60 * 60
_FORM = re.compile(
    rf"([0-9a-f]{{32}})\.([0-9]{{1,12}})((?:\.[0-9a-f]{{32}}){{1,{MOST_ACCOUNTS}}})\.([0-9a-f]{{64}})", re.ASCII
)


@dataclass(frozen=True)
class _Known:
    device_id: str
    accounts: tuple[str, ...]


class DeviceTokens:
    """`ports.Devices`. `key` signs; a token counts for a year after the last login with it."""

    def __init__(self, key: bytes, now: Callable[[], float] = time.time) -> None:
        self._key = key
        self._now = now

    def device(self, token: str, email: str) -> str | None:
        """The id of the device, when `email` has logged in on it; None for any other text."""
        known = self._read(token)
        return known.device_id if known and self._account(email) in known.accounts else None

    def after_login(self, token: str, email: str) -> str:
        """The token of the device on which `email` has just logged in; `token` is what it had, perhaps nothing."""
        known = self._read(token) or _Known(secrets.token_hex(16), ())
        account = self._account(email)
        others = [each for each in known.accounts if each != account]
        accounts = ".".join([account, *others][:MOST_ACCOUNTS])
        payload = f"{known.device_id}.{int(self._now())}.{accounts}"
        return f"{payload}.{self._tag('device', payload)}"

    def _read(self, token: str) -> _Known | None:
        found = _FORM.fullmatch(token)
        payload = token.rpartition(".")[0]
        if not found or not hmac.compare_digest(found[4], self._tag("device", payload)):
            return None
        fresh = int(found[2]) > self._now() - VALID_SECONDS
        return _Known(found[1], tuple(found[3][1:].split("."))) if fresh else None

    def _account(self, email: str) -> str:
        return self._tag("account", email)[:32]

    def _tag(self, purpose: str, text: str) -> str:
        return hmac.digest(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).hex()

import json
from typing import Any

from tests.peers.routed import Json, RoutedPeer


class FakeAuth(RoutedPeer):
    """back-auth: its key set, and accounts that it was asked to open."""

    routes = {"GET /.well-known/jwks.json": "keys", "POST /internal/accounts": "open"}

    def __init__(self, jwk: Json) -> None:
        super().__init__()
        self._jwk = jwk
        self.accounts: list[Json] = []

    def keys(self, **_: Any) -> Json:
        return {"keys": [self._jwk]}

    def open(self, *, body: bytes, **_: Any) -> Json:
        self.accounts.append(json.loads(body))
        return {"email": self.accounts[-1]["email"], "status": "check_your_mail"}

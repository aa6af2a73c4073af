"""back-auth's keys and back-cassandra's notifications as the sockets see them, over real HTTP."""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security.jwt import generate_jwt, public_jwk
from shared.utils.ids import new_id
from tests.served import served
from tests.service_callers import Signing

KEY_ID = "k1"


@dataclass
class Peers:
    """`stored`: each user's notifications, in the order in which they became visible."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    stored: dict[str, list[dict[str, Any]]] = field(default_factory=dict[str, list[dict[str, Any]]])
    cassandra_is_down: bool = False
    url: str = ""

    def token(
        self,
        user_id: str,
        *,
        session_id: str = "s1",
        seconds: int = 900,
        key: rsa.RSAPrivateKey | None = None,
        key_id: str = KEY_ID,
    ) -> str:
        """Valid for `seconds` from now."""
        now = int(time.time()) - 900 + seconds
        made_with = key or self.key
        return generate_jwt(
            user_id, "user", session_id=session_id, permissions=[], key=made_with, key_id=key_id, now=now
        )

    def store(self, user_id: str, title: str = "Hello") -> dict[str, Any]:
        """A new notification, stored and not announced."""
        notification = {
            "id": new_id(),
            "user_id": user_id,
            "kind": "welcome",
            "title": title,
            "body": "",
            "link": None,
            "read_at": None,
            "created_at": "2026-11-23T10:00:00Z",
        }
        self.stored.setdefault(user_id, []).append(notification)
        return notification


@asynccontextmanager
async def running() -> AsyncGenerator[Peers]:
    peers = Peers()

    async def keys(_: web.Request) -> web.Response:
        return web.json_response({"keys": [public_jwk(peers.key.public_key(), KEY_ID)]})

    async def notifications(request: web.Request) -> web.Response:
        if peers.cassandra_is_down:
            return web.json_response({}, status=503)
        stored = peers.stored.get(request.match_info["user_id"], [])
        after = request.query["after"]
        known = [item["id"] for item in stored]
        missed = stored[known.index(after) + 1 :] if after in known else [i for i in stored if i["id"] > after]
        page = missed[: int(request.query["limit"])]
        return web.json_response({"items": page, "next_cursor": page[-1]["id"] if len(missed) > len(page) else None})

    async def issue(request: web.Request) -> web.Response:
        token = Signing(peers.key, KEY_ID).token("back-websockets", str((await request.post())["audience"]))
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": 300})

    app = web.Application()
    app.router.add_post("/internal/service-tokens", issue)
    app.router.add_get("/.well-known/jwks.json", keys)
    app.router.add_get("/internal/notifications/{user_id}", notifications)
    async with served(app) as peers.url:
        yield peers

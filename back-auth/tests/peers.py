"""back-postgres and back-cassandra in this process: they answer back-auth's calls as their contracts say."""

import json
from datetime import UTC, datetime
from typing import Any

from shared.utils.errors import NotFound
from shared.utils.ids import new_id
from tests.in_process import FakePeer

Json = dict[str, Any]


class JsonPeer(FakePeer):
    """Replies with JSON to JSON."""

    def reply(self, method: str, path: str, params: Json, body: Json) -> Json | None:
        raise NotFound

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        return json.dumps(self.reply(method, path, params, json.loads(body or b"{}"))).encode()


class FakePostgres(JsonPeer):
    def __init__(self) -> None:
        super().__init__()
        self.users: dict[str, Json] = {}
        self.hashes: dict[str, str] = {}
        self.repeated: list[str] = []
        self.links: dict[str, Json] = {}

    def add(self, email: str, password_hash: str, *, role: str = "user", status: str = "active") -> str:
        user_id = new_id()
        created = datetime.now(UTC).isoformat()
        self.users[user_id] = {"id": user_id, "email": email, "role": role, "status": status, "created_at": created}
        self.hashes[user_id] = password_hash
        return user_id

    def reply(self, method: str, path: str, params: Json, body: Json) -> Json | None:
        if path == "/internal/email-verifications/confirm":
            return self._confirm(body["token_hash"])
        parts = path.split("/")[3:]
        match method, parts:
            case "POST", ["credentials"]:
                user = self._by_email(body["email"])
                return {"user": user, "password_hash": self.hashes[user["id"]]}
            case "POST", ["register"]:
                return self._register(body)
            case "PUT", [user_id, "password-hash"]:
                self.hashes[user_id] = body["password_hash"]
                return None
            case "PUT", [user_id, "email-verification"] if not self.users[user_id].get("email_verified_at"):
                self.links[user_id] = body
                return None
            case "GET", [user_id] if user_id in self.users:
                return self.users[user_id]
            case _:
                raise NotFound

    def _register(self, body: Json) -> Json:
        try:
            user = self._by_email(body["email"])
        except NotFound:
            user_id = self.add(body["email"], body["password_hash"], role=body["role"])
            self.links[user_id] = body["verification"]
            return {"user_id": user_id, "created": True}
        self.repeated.append(user["email"])
        return {"user_id": user["id"], "created": False}

    def _confirm(self, token_hash: str) -> Json:
        for user_id, link in self.links.items():
            if link["token_hash"] == token_hash:
                del self.links[user_id]
                self.users[user_id]["email_verified_at"] = datetime.now(UTC).isoformat()
                return {"user_id": user_id, "email": self.users[user_id]["email"]}
        raise NotFound

    def _by_email(self, email: str) -> Json:
        for user in self.users.values():
            if user["email"] == email:
                return user
        raise NotFound


class FakeCassandra(JsonPeer):
    def __init__(self) -> None:
        super().__init__()
        self.events: dict[str, list[Json]] = {}

    def reply(self, method: str, path: str, params: Json, body: Json) -> Json | None:
        user_id = path.split("/")[-1]
        limit = int(params.get("limit", 20))
        return {"items": self.events.get(user_id, [])[:limit], "next_cursor": params.get("cursor")}

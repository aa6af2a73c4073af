"""Calls of the internal interface, as the other services make them."""

import itertools
from datetime import UTC, datetime
from typing import Any

import httpx

_numbers = itertools.count(1)
Json = Any


class Api:
    """Short verbs; each answers the response."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def call(self, method: str, path: str, json: Json = None, **options: Any) -> httpx.Response:
        return await self.client.request(method, f"/internal{path}", json=json, **options)

    async def get(self, path: str) -> httpx.Response:
        return await self.call("GET", path)

    async def post(self, path: str, json: Json = None, **options: Any) -> httpx.Response:
        return await self.call("POST", path, json, **options)

    async def patch(self, path: str, json: Json) -> httpx.Response:
        return await self.call("PATCH", path, json)

    async def delete(self, path: str) -> httpx.Response:
        return await self.call("DELETE", path)

    async def user(self, email: str | None = None, **fields: Any) -> str:
        """The id of a new account."""
        answer = await self.register(email or f"user{next(_numbers)}@example.com", **fields)
        return answer["user_id"]

    async def register(self, email: str, **fields: Any) -> dict[str, Any]:
        body = {"email": email, "password_hash": "$argon2id$x", "attempted_at": datetime.now(UTC).isoformat()} | fields
        answer = await self.post("/users/register", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def profile(self, **fields: Any) -> dict[str, Any]:
        """A new profile of a new account."""
        answer = await self.post(f"/profiles/{await self.user()}", {"name": "Ada"} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def subscription(self, **fields: Any) -> dict[str, Any]:
        """A new subscription of a new account."""
        answer = await self.post(f"/subscriptions/{await self.user()}", {"plan": "pro"} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def run(self, period: str = "2026-11", **fields: Any) -> dict[str, Any]:
        answer = await self.post("/billing-runs", {"period": period} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def claim(self, relay: str = "relay-1", **fields: Any) -> list[dict[str, Any]]:
        answer = await self.post("/outbox/claim", {"relay": relay} | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Types and data of all events not published yet, in order; then they are."""
        events = await self.claim(limit=500)
        await self.post("/outbox/published", {"relay": "relay-1", "ids": [event["id"] for event in events]})
        return [(event["type"], event["data"]) for event in events]

"""Calls of the internal interface, as the other services make them, and a look behind it."""

import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

import asyncpg
import httpx

from shared.models.event_data import EVENT_DATA
from stack.native.servers import Place

_numbers = itertools.count(1)
_connect = cast("Callable[..., Awaitable[Sql]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]
Json = Any


class Sql(Protocol):
    """A session of the superuser."""

    async def fetch(self, query: str, *args: object) -> list[Any]: ...
    async def fetchval(self, query: str, *args: object) -> Any: ...
    async def execute(self, query: str, *args: object) -> str: ...
    async def close(self) -> None: ...


@asynccontextmanager
async def superuser(place: Place, database: str) -> AsyncGenerator[Sql]:
    password = place.secret("postgres/superuser_password")
    session = await _connect(host=place.host, port=place.port, user="postgres", password=password, database=database)
    try:
        yield session
    finally:
        await session.close()


NEW = {"plan": "pro", "next_due_on": "2026-11-23", "started_at": "2026-11-23T12:00:00Z"}
"""A subscription that is due."""
DUE_BEFORE = {"2026-10": "2026-11-01", "2026-11": "2026-12-01", "2026-12": "2027-01-01"}
"""By period."""


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

    async def put(self, path: str, json: Json) -> httpx.Response:
        return await self.call("PUT", path, json)

    async def delete(self, path: str) -> httpx.Response:
        return await self.call("DELETE", path)

    async def user(self, email: str | None = None, **fields: Any) -> str:
        """The id of a new account."""
        answer = await self.register(email or f"user{next(_numbers)}@example.com", **fields)
        return answer["user_id"]

    async def register(self, email: str, **fields: Any) -> dict[str, Any]:
        began = datetime.now(UTC) - timedelta(seconds=2)
        body = {"email": email, "password_hash": "$argon2id$x", "attempted_at": began.isoformat()} | fields
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
        answer = await self.post(f"/subscriptions/{await self.user()}", NEW | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def change(self, subscription: dict[str, Any], event: str = "changed", **fields: Any) -> httpx.Response:
        """The answer to storing `fields` in the subscription's place."""
        kept = {name: value for name, value in subscription.items() if name not in ("id", "user_id")}
        return await self.put(f"/subscriptions/{subscription['user_id']}", kept | fields | {"event": event})

    async def cancel(self, subscription: dict[str, Any]) -> httpx.Response:
        """The answer to canceling it."""
        ended = {"state": "canceled", "canceled_at": NEW["started_at"], "next_due_on": None}
        return await self.change(subscription, "canceled", **ended)

    async def run(self, period: str = "2026-11", **fields: Any) -> dict[str, Any]:
        answer = await self.post("/billing-runs", {"period": period, "due_before": DUE_BEFORE[period]} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def claim(self, relay: str = "relay-1", **fields: Any) -> list[dict[str, Any]]:
        answer = await self.post("/outbox/claim", {"relay": relay} | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def published(self, *events: dict[str, Any], relay: str = "relay-1", **fields: Any) -> list[dict[str, Any]]:
        """Says that `relay` has published these; what it gets next."""
        return await self.claim(relay, published=[event["id"] for event in events], **fields)

    async def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Types and data of all events not published yet, in order and of the agreed form; then they are published."""
        events: list[dict[str, Any]] = []
        batch = await self.claim(limit=500)
        while batch:  # a claim covers half of the partitions
            events += batch
            batch = await self.published(*batch, limit=500)
        for event in events:
            EVENT_DATA[event["type"], event["version"]].model_validate(event["data"])
        return [(event["type"], event["data"]) for event in events]

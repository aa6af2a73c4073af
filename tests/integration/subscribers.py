"""What really arrives: at a socket, at an event stream, and in the streams and channels of back-redis."""

import json
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
from redis import Redis
from websockets.sync.client import ClientConnection, connect

from stack import settings
from tests.integration.conftest import Person

Json = dict[str, Any]
PATH = "/ws/notifications"
LONG_AGO = "00000000-0000-7000-8000-000000000000"
"""Whoever resumes from here gets all that is stored."""


@contextmanager
def socket(public_url: str, person: Person) -> Generator[list[Json]]:
    """The messages of one open tab, as they come."""
    received: list[Json] = []

    def listen(opened: ClientConnection) -> None:
        for text in opened:
            received.append(json.loads(text))  # noqa: PERF401 - they are looked at meanwhile

    with ThreadPoolExecutor(1) as pool:
        address = f"{public_url.replace('http', 'ws', 1)}{PATH}?last_id={LONG_AGO}"
        with connect(address, additional_headers=person.headers) as opened:
            listening = pool.submit(listen, opened)
            yield received
        listening.result()


@contextmanager
def event_stream(api: httpx.Client, person: Person | None) -> Generator[Iterator[tuple[str, Json]]]:
    """The name and the data of each event; the stream waits, so that a time-out of `api` ends it."""
    headers = person.headers if person else {}
    with api.stream("GET", f"{PATH}/stream", params={"last_id": LONG_AGO}, headers=headers) as answer:
        yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[tuple[str, Json]]:
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        fields[name] = value
        if not line:
            if "event" in fields:
                yield fields["event"], json.loads(fields["data"])
            fields = {}


def redis(secrets_root: Path) -> "Redis":
    """As back-api, which may read all streams of events and hear live messages."""
    password = (secrets_root / "back-api" / "redis_password").read_text().strip()
    port = settings.load().ports["BACK_REDIS"]
    return Redis(port=port, username="back-api", password=password, decode_responses=True)


@contextmanager
def channel(store: "Redis", name: str) -> Generator[Callable[[], list[str]]]:
    """Asks for what was published on it since."""
    pubsub: Any = store.pubsub()  # pyright: ignore[reportUnknownMemberType]
    with pubsub:
        pubsub.subscribe(name)
        confirmed = pubsub.get_message(timeout=5)
        assert confirmed["type"] == "subscribe"
        yield lambda: [message["data"] for message in iter(lambda: pubsub.get_message(timeout=0.1), None)]


def last_id(store: "Redis", stream: str) -> str:
    """Of the newest entry; `0` of an empty stream."""
    newest = cast("list[tuple[str, Json]]", store.xrevrange(stream, count=1))
    return newest[0][0] if newest else "0"


def entries(store: "Redis", stream: str, after: str) -> list[dict[str, str]]:
    """The fields of all that was appended since."""
    return [fields for _, fields in cast("list[tuple[str, dict[str, str]]]", store.xrange(stream, f"({after}"))]

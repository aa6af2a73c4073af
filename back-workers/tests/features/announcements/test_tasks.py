"""Tasks of announcements: what is delivered, and what is enqueued again. Peers and the queue are fakes."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from features.announcements import tasks
from peers import Peers
from tests.fakes import FakeService, fake_peers

EXPIRED = "POST /internal/announcements/expired-leases"


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    known = FakeService("back-postgres")

    def run_with_peers(_: Any, work: Callable[[Peers], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            return await work(fake_peers(back_postgres=known))

        return asyncio.run(run())

    settings = SimpleNamespace(announcement_lease_seconds=15, announcement_rate=9)
    monkeypatch.setattr(tasks, "run_with_peers", run_with_peers)
    monkeypatch.setattr(tasks, "TaskSettings", SimpleNamespace(load=lambda: settings))
    return known


def test_announcements_that_nobody_delivers_are_enqueued_again(
    postgres: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []

    def send_task(name: str, *, args: tuple[str, ...], expires: int) -> None:
        sent.append((name, args, expires))

    monkeypatch.setattr(tasks, "app", SimpleNamespace(send_task=send_task))
    found: dict[str, Any] = {
        "id": "a1",
        "title": "News",
        "body": "Words",
        "audience": {},
        "recipients": 3,
        "state": "running",
        "created_by": "u1",
        "created_at": "2026-11-23T10:00:00Z",
    }
    postgres.replies[EXPIRED] = {"items": [found]}
    tasks.resume()
    assert sent == [("announcements.deliver", ("a1",), 60)]


def test_an_announcement_is_delivered_with_the_settings_of_its_process(
    postgres: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []

    class Delivery:
        def __init__(self, peers: Peers, announcement_id: str, *, lease: int, rate: int) -> None:
            made.append((peers.back_postgres is postgres, announcement_id, lease, rate))

        async def run(self) -> None:
            made.append("ran")

    monkeypatch.setattr(tasks, "AnnouncementDelivery", Delivery)
    tasks.deliver("a1")
    assert made == [(True, "a1", 15, 9), "ran"]

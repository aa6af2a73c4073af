"""kill -9 between the steps of an event's way: no mail and no notification is lost, and none comes twice."""

import asyncio
import subprocess
from collections import Counter
from functools import partial
from typing import Any

import pytest
from tests.processes import Processes, kill

from back_redis.live_envelope import live_channel, unpack
from tests.resilience.wire import Wire
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]

END = "end"
MARK = b'"published":["'
"""In the body of the claim that marks what was sent before."""
"""The same body also lists what was published."""


class Victim:
    """The process that a wire kills; it is known only after the wire's address is."""

    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        kill(self.process)


async def notified(processes: Processes, user_id: str, email: str) -> bool:
    """Whether mail and notification of a registration are there."""
    notified = [n for n in processes.neighbours.notifications.values() if n["user_id"] == user_id]
    return bool(notified and processes.neighbours.mails_to(email))


async def all_handled(processes: Processes) -> bool:
    """Nothing waits in any group of the user stream."""
    groups = await processes.redis.xinfo_groups("events:user")
    return all(group["pending"] == 0 and group["lag"] == 0 for group in groups)


async def test_a_registration_leads_to_a_mail_and_a_notification(processes: Processes) -> None:
    processes.start("events")
    user_id, email = await processes.register()
    await until(lambda: notified(processes, user_id, email), "mail and notification")
    (mail,) = processes.neighbours.mails_to(email)
    assert mail["Subject"] == "Welcome to the Tools Dashboard"


async def test_relay_killed_between_publish_and_mark(processes: Processes) -> None:
    victim = Victim()
    async with Wire(processes.back_postgres) as wire:
        sprung = wire.arm(MARK, victim.kill)
        victim.process = processes.start("events", BACK_POSTGRES_URL=wire.url, EVENT_JOBS="relay")
        user_id, email = await processes.register()
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    assert [event["user_id"] for event in await processes.events("user")] == [user_id]
    processes.start("events")
    await until(lambda: notified(processes, user_id, email), "mail and notification")
    twice = [event["id"] for event in await until(lambda: _at_least(processes, "user", 2), "the event again")]
    assert twice[0] == twice[1]
    await until(lambda: all_handled(processes), "all groups have handled all")
    assert len(processes.neighbours.mails_to(email)) == 1
    assert Counter(n["user_id"] for n in processes.neighbours.notifications.values())[user_id] == 1


async def _at_least(processes: Processes, name: str, count: int) -> list[dict[str, Any]]:
    events = await processes.events(name)
    return events if len(events) >= count else []


async def test_consumer_killed_between_store_and_announce(processes: Processes) -> None:
    listener = processes.redis.pubsub()
    victim = Victim()
    async with Wire(processes.neighbours.url) as wire:
        sprung = wire.arm(b"POST /internal/notifications ", victim.kill, after=True)
        victim.process = processes.start("events", BACK_CASSANDRA_URL=wire.url, EVENT_JOBS="relay,notifications")
        user_id, email = await processes.register()
        await listener.subscribe(live_channel(user_id))
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    processes.start("events")
    await until(lambda: notified(processes, user_id, email), "mail and notification")
    await until(lambda: all_handled(processes), "all groups have handled all")
    (stored,) = [n for n in processes.neighbours.notifications.values() if n["user_id"] == user_id]
    assert processes.neighbours.stored[stored["id"]] == 2
    await processes.redis.publish(live_channel(user_id), END)
    assert [unpack(payload).id for payload in await _received_until_end(listener)] == [stored["id"]]
    await listener.aclose()


async def _received_until_end(listener: Any) -> list[str]:
    """What was published before END, which went the same way."""
    texts: list[str] = []
    async for message in listener.listen():
        if message["data"] == END:
            break
        if message["type"] == "message":
            texts.append(message["data"])
    return texts


async def test_three_relays_append_each_event_once_and_in_order(processes: Processes) -> None:
    users = [await processes.register() for _ in range(60)]
    for _ in range(3):
        processes.start("events", EVENT_JOBS="relay")
    for user_id, _ in users:
        await processes.call("POST", f"/internal/profiles/{user_id}", {"name": "Ann"})
    for name in ("Beth", "Cleo"):
        for user_id, _ in users:
            version = 1 if name == "Beth" else 2
            await processes.call(
                "PATCH", f"/internal/profiles/{user_id}", {"changes": {"name": name}, "version": version}
            )
    events = await until(lambda: _at_least(processes, "profile", 180), "180 events of profiles")
    assert len(events) == len({event["id"] for event in events}) == 180
    for user_id, _ in users:
        names = [event["data"]["profile"]["name"] for event in events if event["user_id"] == user_id]
        assert names == ["Ann", "Beth", "Cleo"]


async def test_redis_away_and_back_loses_nothing(processes: Processes) -> None:
    processes.start("events")
    first, first_email = await processes.register()
    await until(lambda: notified(processes, first, first_email), "mail and notification")
    await processes.redis.execute_command("CLIENT", "PAUSE", 4000, "ALL")
    user_id, email = await processes.register()
    await until(lambda: notified(processes, user_id, email), "mail and notification")
    assert len(processes.neighbours.mails_to(email)) == 1


async def test_a_full_redis_stops_no_registration_and_is_caught_up_with(processes: Processes) -> None:
    processes.start("events")
    first, first_email = await processes.register()
    await until(lambda: notified(processes, first, first_email), "mail and notification")
    await processes.redis.config_set("maxmemory", 1)
    accounts = [await processes.register() for _ in range(20)]
    figures = await processes.call("GET", "/internal/outbox/figures")
    assert figures["pending"] >= 20
    await processes.redis.config_set("maxmemory", "256mb")
    for user_id, email in accounts:
        await until(partial(notified, processes, user_id, email), "mail and notification")
        assert len(processes.neighbours.mails_to(email)) == 1
    ids = [event["id"] for event in await processes.events("user")]
    assert len(ids) == len(set(ids)) == 21
    await until(lambda: _outbox_is_empty(processes), "the outbox is empty")


async def _outbox_is_empty(processes: Processes) -> bool:
    return (await processes.call("GET", "/internal/outbox/figures"))["pending"] == 0

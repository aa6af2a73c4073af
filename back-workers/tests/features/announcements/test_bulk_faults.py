"""kill -9 in the middle of an announcement and between a summary's mail and its mark, on real servers."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, cast

import asyncpg
import pytest
from tests.events.test_event_faults import Victim
from tests.processes import Processes

from stack.native.servers import Place
from tests.resilience.wire import Wire
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
_connect = cast("Callable[..., Awaitable[Any]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]
PASSED = "UPDATE pending_mails SET due_at = now() - interval '1 second' WHERE sent_at IS NULL"


async def announce(processes: Processes, key: str, admin: str) -> dict[str, Any]:
    body = {"title": f"News {key}", "body": "For all.", "created_by": admin, "idempotency_key": key}
    return await processes.call("POST", "/internal/announcements", body)


async def finished(processes: Processes, announcement_id: str) -> Any:
    found = await processes.call("GET", f"/internal/announcements/{announcement_id}")
    return found if found["state"] in ("succeeded", "failed") else None


def bulk(processes: Processes, **changes: str) -> Any:
    return processes.start("worker", WORKER_QUEUES="bulk", ANNOUNCEMENT_LEASE_SECONDS="2", **changes)


async def sql(place: Place, statement: str) -> str:
    password = place.secret("postgres/superuser_password")
    where: dict[str, Any] = {"host": place.host, "port": place.port, "database": "dashboard"}
    session = await _connect(user="postgres", password=password, **where)
    try:
        return await session.execute(statement)
    finally:
        await session.close()


async def test_an_announcement_s_worker_killed_between_store_and_record(processes: Processes) -> None:
    users = [(await processes.register())[0] for _ in range(5)]
    made = await announce(processes, "killed", users[0])
    victim = Victim()
    path = f"/internal/announcements/{made['id']}/delivered"
    async with Wire(processes.back_postgres) as wire:
        sprung = wire.arm(f"POST {path} ".encode(), victim.kill)
        victim.process = bulk(processes, BACK_POSTGRES_URL=wire.url)
        await processes.send_task("announcements.deliver", made["id"], queue="bulk")
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    assert processes.neighbours.notified[users[0], made["id"]] == 1
    bulk(processes)
    processes.start("beat")
    done = await until(lambda: finished(processes, made["id"]), "the announcement ends")
    assert (done["state"], done["delivered"]) == ("succeeded", done["recipients"])
    assert Counter({user: processes.neighbours.notified[user, made["id"]] for user in users}) == Counter(
        dict.fromkeys(users, 2)
    )


async def test_a_summary_s_sender_killed_between_mail_and_mark(processes: Processes, postgres_server: Place) -> None:
    user_id, email = await processes.register()
    made = await announce(processes, "summary", user_id)
    bulk(processes)
    await processes.send_task("announcements.deliver", made["id"], queue="bulk")
    await until(lambda: finished(processes, made["id"]), "the announcement ends")
    processes.end()
    await sql(postgres_server, PASSED)
    victim = Victim()
    async with Wire(processes.back_postgres) as wire:
        sprung = wire.arm(b"POST /internal/pending-mails/sent ", victim.kill)
        victim.process = bulk(processes, BACK_POSTGRES_URL=wire.url)
        await processes.send_task("notification-preferences.send_due", queue="bulk")
        await asyncio.wait_for(sprung.wait(), PATIENCE_SECONDS)
    await sql(postgres_server, "UPDATE pending_mails SET claimed_until = NULL")
    bulk(processes)
    await processes.send_task("notification-preferences.send_due", queue="bulk")
    await until(lambda: _nothing_waits(postgres_server), "all mails are out")
    mails = [mail for mail in processes.neighbours.mails_to(email) if "summary" in mail["Subject"]]
    assert len({mail["Message-ID"] for mail in mails}) == 1
    assert len(mails) <= 2


async def _nothing_waits(place: Place) -> bool:
    return await sql(place, "SELECT FROM pending_mails WHERE sent_at IS NULL") == "SELECT 0"

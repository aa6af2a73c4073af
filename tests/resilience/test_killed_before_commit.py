"""kill -9 while a registration is being written, and of everybody else before it is."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import pytest

from stack import settings
from tests.integration.conftest import mails_to
from tests.resilience import process_control
from tests.resilience.people import Account, insist
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%insert into outbox%'"


@asynccontextmanager
async def nothing_commits(secrets_root: Path) -> AsyncGenerator[Any]:
    """Whoever writes to the outbox waits until the end of the block."""
    password = (secrets_root / "back-postgres" / "postgres_app_password").read_text().strip()
    port = settings.load().ports["POSTGRES"]
    connect = cast("Callable[..., Awaitable[Any]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]
    connection = await connect(
        host="127.0.0.1", port=port, user="dashboard_app", password=password, database="dashboard"
    )
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("LOCK TABLE outbox IN SHARE MODE")
    try:
        yield connection
    finally:
        connection.terminate()


async def is_writing(connection: Any) -> bool:
    """Whether somebody waits to write an event."""
    await connection.execute("SELECT pg_stat_clear_snapshot()")
    return await connection.fetchval(WAITING) > 0


@pytest.mark.parametrize("victim", ["back-postgres", "postgres", "back-auth", "back-api"])
async def test_a_registration_cut_off_in_its_transaction_is_made_once_by_trying_again(
    victim: str, gateway: httpx.AsyncClient, mail: httpx.Client, secrets_root: Path
) -> None:
    account = Account()
    async with nothing_commits(secrets_root) as connection:
        attempt = asyncio.create_task(gateway.post("/api/user-registration", json=account.registration))
        await until(lambda: is_writing(connection), "the registration is in its transaction")
        process_control.kill(victim)
        assert (await attempt).status_code >= 500
    await process_control.revive(victim)
    await insist(gateway, "POST", "/api/user-registration", json=account.registration)
    token = await account.log_in(gateway)
    await until(lambda: mails_to(mail, account.email), "a mail")
    await until(lambda: account.notifications(gateway, token), "a notification")
    assert [item["kind"] for item in await account.notifications(gateway, token)] == ["welcome"]
    assert sum("Welcome" in subject for subject in mails_to(mail, account.email)) == 1

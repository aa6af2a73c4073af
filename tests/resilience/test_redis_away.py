"""back-redis is gone for a while: what needs no Redis goes on, the outbox keeps the events, and then they all come out."""

import httpx
import pytest

from tests.resilience import casualties
from tests.resilience.browser import Browser
from tests.resilience.people import insist, register
from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

CHANGES = [f"Ann {number}" for number in range(20)]


async def test_the_api_goes_on_and_the_outbox_drains(gateway: httpx.AsyncClient, live: str) -> None:
    account = await register(gateway)
    token = await account.log_in(gateway)
    headers = {"Authorization": f"Bearer {token}"}
    await insist(gateway, "POST", "/api/profile", json={"name": "Ann"}, headers=headers)
    async with Browser(live, token, account.since) as browser:
        await until(lambda: browser.shown("welcome"), "the welcome is shown")
        with casualties.without("back-redis"):
            for name in CHANGES:
                answer = await gateway.patch("/api/profile", json={"name": name}, headers=headers)
                assert answer.status_code == 200, answer.text
            assert browser.names() == []
        await until(lambda: browser.names()[-1:] == CHANGES[-1:], "the last change is shown", seconds=60)
        assert browser.names() == CHANGES
        assert list(browser.shown("welcome").values()) == [1]

"""Services whose clocks are five seconds apart: nothing is refused, lost or shown twice."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from stack import settings, topology
from stack.paths import ROOT
from tests.resilience import process_control
from tests.resilience.browser import Browser
from tests.resilience.people import insist, register
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

SKEWED = str(Path(__file__).parent / "skewed")
SECONDS = 5
WRONG = ["back-auth", "back-websockets", "back-workers-events"]
"""Whoever issues tokens, resumes and makes events; the other services, who check and store, are right."""


@asynccontextmanager
async def skewed(names: Sequence[str], seconds: int) -> AsyncGenerator[None]:
    """The stack's own processes of these services give way to ones whose clocks are wrong, on the same ports."""
    services = [topology.load(settings.load())[name] for name in names]
    clock = {"CLOCK_SKEW_SECONDS": str(seconds), "PYTHONPATH": f"{SKEWED}:{ROOT}"}
    with process_control.in_place_of(*services, **clock):
        for service in services:
            await process_control.until_ready(service)
        yield


@pytest.mark.parametrize("seconds", [SECONDS, -SECONDS])
async def test_clocks_five_seconds_apart_change_nothing(seconds: int, gateway: httpx.AsyncClient, live: str) -> None:
    async with skewed(WRONG, seconds):
        account = await register(gateway)
        token = await account.log_in(gateway)
        headers = {"Authorization": f"Bearer {token}"}
        async with Browser(live, token, account.since) as browser:
            await until(lambda: browser.shown("welcome"), "the welcome is shown")
            created = await gateway.post("/api/profile", json={"name": "Ann"}, headers=headers)
            assert created.status_code == 201
            await insist(gateway, "PATCH", "/api/profile", json={"name": "Beth"}, headers=headers)
            await until(lambda: browser.names() == ["Beth"], "the change is shown")
            await browser.reconnect()
            assert (await gateway.get("/api/notifications/unread-count", headers=headers)).json() == {"count": 1}
            (stored,) = await account.notifications(gateway, token)
            assert browser.shown("welcome") == {stored["id"]: 1}

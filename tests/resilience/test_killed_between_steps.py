"""kill -9 of each process at each step between a commit and a browser (docs/decisions/0005-outbox.md).

Whatever dies, and wherever: what was committed is handled, its mail and its notification exist once, and every open tab
of its user is sent once.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from tests.integration.conftest import mails_to
from tests.resilience.browser import Browser
from tests.resilience.people import Account, register
from tests.resilience.system import CONSUMERS, RELAY, System, wired_system
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

VICTIMS = [
    RELAY,
    CONSUMERS,
    "back-websockets",
    "back-redis",
    "back-cassandra",
    "back-postgres",
    "postgres",
    "cassandra",
]


@dataclass(frozen=True)
class Step:
    """Where the wire stands, and which request (or, `after`, its answer) springs it."""

    name: str
    wire: str
    request: bytes
    after: bool = False

    def __str__(self) -> str:
        return self.name


STEPS = [
    Step("between commit and publish", "BACK_REDIS", b"XADD\r\n"),
    Step("between publish and mark", "BACK_REDIS", b"XADD\r\n", after=True),
    Step("between handling and its answer", "BACK_CASSANDRA", b"POST /internal/notifications", after=True),
    Step("between store and announce", "BACK_REDIS", b"PUBLISH\r\n"),
    Step("between handling and acknowledgement", "BACK_REDIS", b"XACK\r\n"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def system() -> AsyncGenerator[System]:
    async with wired_system() as system:
        yield system


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stranger(gateway: httpx.AsyncClient, live: str) -> AsyncGenerator[Browser]:
    """Somebody else, whose tab stays open all the time."""
    account = await register(gateway)
    async with Browser(live, await account.log_in(gateway), account.since) as browser:
        await until(lambda: browser.shown("welcome"), "the stranger's own welcome")
        yield browser


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_registration_is_notified_once_whatever_is_killed(
    step: Step,
    victim: str,
    system: System,
    gateway: httpx.AsyncClient,
    mail: httpx.Client,
    live: str,
    stranger: Browser,
) -> None:
    system.pause_relay()
    account = await register(gateway)
    token = await account.log_in(gateway)
    async with Browser(live, token, account.since) as first, Browser(live, token, account.since) as second:
        await system.settled()
        sprung = system.wires[step.wire].arm(step.request, lambda: system.kill(victim), after=step.after)
        system.resume_relay()
        await until(sprung.is_set, f"{victim} is killed {step}")
        await system.revive(victim)
        await until(lambda: first.shown("welcome") and second.shown("welcome"), "both tabs show it")
        await until(lambda: welcomes(mail, account), "the mail")
        await system.settled()
        (stored,) = await account.notifications(gateway, token)
        assert first.shown("welcome") == second.shown("welcome") == {stored["id"]: 1}
    assert welcomes(mail, account) == 1
    assert stored["id"] not in stranger.shown("welcome")


def welcomes(mail: httpx.Client, account: Account) -> int:
    return len(mails_to(mail, account.email))

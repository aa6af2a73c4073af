"""Work under a lease: its outcome is stored, what another worker holds is left alone, and a broken rule fails for good."""

from collections.abc import Awaitable, Callable
from typing import Any

import leased_work
import pytest
from leased_work import UNEXPECTED, LeasedWork, WorkRefused
from tests.fakes import FakeService, fake_peers

from shared.models.base import Entity
from shared.utils.errors import Conflict, NotFound, ServiceError, Unavailable

LEASE = "POST /internal/gizmo-work/g1/lease"
FINISH = "POST /internal/gizmo-work/g1/finish"
EXPIRED = "POST /internal/gizmo-work/expired-leases"
GIZMO = {"id": "g1", "title": "One"}


class Gizmo(Entity):
    id: str
    title: str


WORK = LeasedWork("gizmo-work", Gizmo)


def title(gizmo: Gizmo) -> str:
    return gizmo.title


def refusing(gizmo: Gizmo) -> str:
    raise WorkRefused(f"{gizmo.title} is empty.")


def rambling(gizmo: Gizmo) -> str:
    raise WorkRefused(gizmo.title * 1000)


def broken(gizmo: Gizmo) -> str:
    raise ZeroDivisionError(gizmo.id)


def too_long(gizmo: Gizmo) -> str:
    return gizmo.title * 1000


async def at_once(call: Callable[[], Awaitable[Any]]) -> Any:
    return await call()


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    monkeypatch.setattr(leased_work, "retry_while_unavailable", at_once)
    return FakeService("back-postgres", {LEASE: GIZMO, FINISH: GIZMO, EXPIRED: {"items": [GIZMO]}})


@pytest.mark.parametrize(
    ("rule", "result", "error"),
    [
        (title, "One", None),
        (refusing, None, "One is empty."),
        (rambling, None, "One" * 333 + "O"),
        (broken, None, UNEXPECTED),
        (too_long, None, UNEXPECTED),
    ],
)
async def test_what_a_rule_says_is_stored(
    postgres: FakeService, rule: Any, result: str | None, error: str | None
) -> None:
    await WORK.attempt(fake_peers(back_postgres=postgres), "g1", rule, lease=9)
    (lease,) = postgres.made(LEASE)
    (finish,) = postgres.made(FINISH)
    assert lease["seconds"] == 9
    assert (finish["worker"], finish.get("result"), finish.get("error")) == (lease["worker"], result, error)


@pytest.mark.parametrize("refusal", [Conflict("Another worker holds it."), NotFound("Gone.")])
async def test_what_is_not_ours_to_do_is_left_alone(postgres: FakeService, refusal: ServiceError) -> None:
    postgres.replies[LEASE] = refusal
    await WORK.attempt(fake_peers(back_postgres=postgres), "g1", broken, lease=9)
    assert postgres.made(FINISH) == []


async def test_a_lease_that_was_lost_meanwhile_ends_quietly(postgres: FakeService) -> None:
    postgres.replies[FINISH] = Conflict("Another worker holds it.")
    await WORK.attempt(fake_peers(back_postgres=postgres), "g1", title, lease=9)
    assert len(postgres.made(FINISH)) == 1


async def test_what_cannot_be_reached_is_left_to_the_sweep(postgres: FakeService) -> None:
    postgres.replies[LEASE] = Unavailable(dependency="back-postgres")
    await WORK.attempt(fake_peers(back_postgres=postgres), "g1", broken, lease=9)
    assert postgres.made(FINISH) == []


async def test_what_nobody_works_on_is_found(postgres: FakeService) -> None:
    assert await WORK.list_abandoned(fake_peers(back_postgres=postgres)) == [Gizmo(id="g1", title="One")]

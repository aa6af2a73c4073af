"""Whether a process lives, and whether it can do its work; and how a server treats its garbage."""

import asyncio
import gc
from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI

from shared.chassis import health, memory
from shared.chassis.health import Checks
from shared.tests.app import calling


async def fine() -> None:
    return None


async def away() -> None:
    raise ConnectionError("refused")


async def never() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        (Checks(), "ready"),
        (Checks({"a": fine}, {"b": fine}), "ready"),
        (Checks({"a": fine}, {"b": away}), "degraded"),
        (Checks({"a": away}, {"b": fine}), "unready"),
        (Checks({"a": away}, {"b": away}), "unready"),
    ],
)
async def test_what_is_required_makes_unready_what_is_not_makes_degraded(checks: Checks, status: str) -> None:
    found = await checks.run("back-test", "1.2.3")
    assert (found.status, found.service, found.version) == (status, "back-test", "1.2.3")


async def test_each_check_says_whether_it_is_required_and_why_it_failed() -> None:
    found = await Checks({"a": fine}, {"b": away}).run("back-test", "1.2.3")
    assert found.model_dump()["checks"] == {
        "a": {"ok": True, "required": True, "detail": ""},
        "b": {"ok": False, "required": False, "detail": "ConnectionError: refused"},
    }


async def test_a_reason_is_cut_at_two_hundred_letters() -> None:
    async def talks() -> None:
        raise RuntimeError("x" * 500)

    assert len((await Checks({"a": talks}).run("s", "1")).checks["a"].detail) == 200


async def test_a_check_that_does_not_end_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECK_SECONDS", 0.01)
    found = await Checks({"a": never, "b": fine}).run("back-test", "1.2.3")
    assert (found.status, found.checks["a"].ok, found.checks["b"].ok) == ("unready", False, True)
    assert found.checks["a"].detail.startswith("TimeoutError")


async def test_over_http_only_unready_is_an_error() -> None:
    app = FastAPI()
    now = Checks({"a": fine})
    health.install(app, "back-test", "1.2.3", lambda: now)
    async with calling(app) as client:
        assert (await client.get("/health")).json() == {"status": "ok", "service": "back-test", "version": "1.2.3"}
        assert (await client.get("/health/ready")).status_code == 200
        now = Checks({"a": fine}, {"b": away})
        assert (await client.get("/health/ready")).status_code == 200
        now = Checks({"a": away})
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unready")
    paths: dict[str, Any] = app.openapi()["paths"]
    assert paths == {}


@pytest.fixture
def as_before() -> Generator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("as_before")
def test_what_lives_as_long_as_the_process_is_not_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: collected.append("collected"))
    gc.unfreeze()
    memory.settle()
    assert collected == ["collected"]
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == memory.THRESHOLDS

"""The start without a server: it is tried again while PostgreSQL is away, and ends with a defect of ours."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

import resources as module
from resources import Resources
from settings import Settings
from tests.fake_connection import FakeConnection, FakePool
from tests.waiting import until

Start = Callable[..., Resources]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Start:
    """The resources of a service whose migrations raise these errors, one after another, before they run."""

    def make(*errors: Exception) -> Resources:
        left = list(errors)

        async def migrations(_: Settings) -> list[str]:
            if left:
                raise left.pop(0)
            return []

        async def pool(_: Settings) -> Any:
            return FakePool(FakeConnection())

        async def nothing(_: Settings) -> FakeConnection:
            raise ConnectionRefusedError

        monkeypatch.setattr(module.migrate, "run", migrations)
        monkeypatch.setattr(module, "create_pool", pool)
        monkeypatch.setattr("listener.connect", nothing)
        monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
        return Resources.from_settings(
            Settings.model_validate({"postgres_app_password": "", "postgres_migrations_password": ""})
        )

    return make


async def test_with_a_server_it_is_open_at_once(started: Start) -> None:
    resources = started()
    async with resources.lifespan(FastAPI()):
        assert resources.database.pool is not None


async def test_without_a_server_it_starts_and_opens_later(started: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "START_SECONDS", 0.0)
    resources = started(ConnectionRefusedError(), asyncpg.CannotConnectNowError("it starts up"))
    async with resources.lifespan(FastAPI()):
        assert resources.database.pool is None
        await until(lambda: resources.database.pool, "it is open")


async def test_a_migration_that_is_wrong_stops_the_start(started: Start) -> None:
    resources = started(asyncpg.PostgresSyntaxError("near SELECT"))
    with pytest.raises(asyncpg.PostgresSyntaxError):
        async with resources.lifespan(FastAPI()):
            raise AssertionError("started")

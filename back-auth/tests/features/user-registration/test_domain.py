from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.same_attempt import began
from tests.conftest import PASSWORD, Peers


def test_what_was_made_within_two_seconds_is_the_attempt_s_own_doing() -> None:
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)

    assert now - timedelta(seconds=1.9) > began(now)
    assert now - timedelta(seconds=2.1) < began(now)


async def test_back_postgres_gets_the_beginning_of_the_same_attempt(
    api: httpx.AsyncClient, peers: Peers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    answer = peers.postgres.reply

    def reply(method: str, path: str, params: dict[str, Any], body: dict[str, Any]) -> dict[str, Any] | None:
        asked.append(body)
        return answer(method, path, params, body)

    monkeypatch.setattr(peers.postgres, "reply", reply)
    before = datetime.now(UTC)

    await api.post("/internal/accounts", json={"email": "new@example.com", "password": PASSWORD})

    attempts = [datetime.fromisoformat(body["attempted_at"]) for body in asked if "attempted_at" in body]
    assert len(attempts) == 1
    assert began(before) <= attempts[0] <= began(datetime.now(UTC))

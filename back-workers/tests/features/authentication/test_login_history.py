"""Attempts to log in are stored as the sign-in history."""

import pytest
from events.claims import Claims
from events.consumer import dispatch, dispatch_batch
from features.authentication.consumer import login_consumer
from tests.fakes import FakeService
from tests.samples import INVOICE, USER, event

STORE = "POST /internal/login-events"


@pytest.fixture
def cassandra() -> FakeService:
    return FakeService("back-cassandra")


async def test_a_login_is_stored(cassandra: FakeService) -> None:
    attempt = {"id": INVOICE["id"], "user_id": USER, "outcome": "failed", "occurred_at": "2026-11-23T10:00:00Z"}
    claims = Claims(FakeService("back-postgres"), 60)
    await dispatch(login_consumer(cassandra), event("login.recorded", attempt), claims)
    (stored,) = cassandra.made(STORE)[0]["items"]
    assert (stored["id"], stored["outcome"]) == (attempt["id"], "failed")


async def test_sign_ins_that_come_together_are_stored_together(cassandra: FakeService) -> None:
    attempt = {"user_id": USER, "outcome": "succeeded", "occurred_at": "2026-11-23T10:00:00Z"}
    events = [event("login.recorded", attempt | {"id": f"e{n}"}) for n in range(3)]
    assert await dispatch_batch(login_consumer(cassandra), events)
    (stored,) = cassandra.made(STORE)
    assert [item["id"] for item in stored["items"]] == ["e0", "e1", "e2"]

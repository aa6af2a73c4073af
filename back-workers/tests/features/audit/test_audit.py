"""Every event becomes one entry of the audit log, which says who did it and keeps out what must not be kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from events.claims import Claims
from events.consumer import dispatch, dispatch_batch
from features.audit.consumer import audit_consumer
from features.audit.entries import audit_rules, entry
from tests.fakes import FakeService
from tests.samples import USER, event, invoiced, locked, registered, revoked

from back_redis.consumers import UnsupportedVersion
from shared.models.audit import AuditEntry
from shared.models.event_data import EVENT_DATA, streams
from shared.models.events import Event
from shared.utils.errors import Unavailable
from shared.utils.ids import new_id

STORE = "POST /internal/audit"
ADMIN = "0193a000-0000-7000-8000-000000000009"
RUN: dict[str, Any] = {
    "id": new_id(), "task_id": new_id(), "period": "2026-11", "dry_run": True, "state": "pending",
    "created_at": "2026-11-23T10:00:00Z", "due": 4,
}  # fmt: skip
ANNOUNCEMENT: dict[str, Any] = {
    "id": new_id(), "title": "Write to ann@example.com", "body": "secret plans", "audience": {}, "state": "pending",
    "recipients": 3, "created_by": ADMIN, "created_at": "2026-11-23T10:00:00Z",
}  # fmt: skip


def login(outcome: str) -> Event:
    at = datetime.now(UTC).isoformat()
    attempt = {"id": new_id(), "user_id": USER, "outcome": outcome, "ip": "203.0.113.5", "occurred_at": at}
    return event("login.recorded", attempt | {"session_id": "s-secret"})


def entry_of(published: Event) -> AuditEntry:
    return entry(published, EVENT_DATA[published.type, published.version].from_event(published))


@pytest.fixture
def cassandra() -> FakeService:
    return FakeService("back-cassandra")


@pytest.fixture
def claims() -> Claims:
    return Claims(FakeService("back-postgres"), 60)


def test_every_event_of_every_stream_is_audited(cassandra: FakeService) -> None:
    consumer = audit_consumer(cassandra)
    assert set(audit_rules()) == set(EVENT_DATA.values())
    assert set(consumer.by_key) == set(EVENT_DATA)
    assert list(consumer.streams) == streams()


@pytest.mark.parametrize(
    ("published", "actor", "subject_type"),
    [
        (registered(), USER, "user"),
        (event("user.registration_repeated", {"email": "ann@example.com"}), None, "user"),
        (login("succeeded"), USER, "user"),
        (login("failed"), None, "user"),
        (revoked(), None, "user"),
        (locked(), None, "user"),
        (invoiced(), None, "invoice"),
        (event("billing_run.started", {"run": RUN | {"requested_by": ADMIN}}), ADMIN, "billing_run"),
        (event("billing_run.started", {"run": RUN}, user_id=None), None, "billing_run"),
        (event("announcement.created", {"announcement": ANNOUNCEMENT}), ADMIN, "announcement"),
    ],
    ids=lambda value: value.type if isinstance(value, Event) else "",
)  # fmt: skip
def test_an_entry_says_who_did_it_to_what(published: Event, actor: str | None, subject_type: str) -> None:
    made = entry_of(published)
    assert (made.actor, made.subject_type, made.subject_id) == (actor, subject_type, published.aggregate_id)
    assert (made.id, made.action, made.correlation_id) == (published.id, published.type, "correlation-1")


def test_details_are_chosen_fields_with_masked_addresses() -> None:
    assert entry_of(registered()).details == {"email": "a***@example.com"}
    assert entry_of(event("announcement.created", {"announcement": ANNOUNCEMENT})).details == {
        "title": "Write to a***@example.com",
        "recipients": "3",
    }
    assert entry_of(login("failed")).details == {"outcome": "failed", "ip": "203.0.113.5"}
    run = event("billing_run.started", {"run": RUN})
    assert entry_of(run).details == {"period": "2026-11", "dry_run": "true", "due": "4"}
    assert entry_of(invoiced()).details.keys() == {"number", "period", "user_id", "run_id"}


def test_a_long_value_is_cut() -> None:
    long = event("announcement.created", {"announcement": ANNOUNCEMENT | {"title": "x" * 500}})
    assert entry_of(long).details["title"] == "x" * 200


async def test_a_redelivered_event_is_stored_under_the_same_id(cassandra: FakeService, claims: Claims) -> None:
    event = registered()
    consumer = audit_consumer(cassandra)
    await dispatch(consumer, event, claims)
    await dispatch(consumer, event, claims)
    first, second = cassandra.made(STORE)
    assert first == second
    assert [item["id"] for item in first["items"]] == [event.id]


async def test_a_batch_is_stored_by_fives_of_hundreds(cassandra: FakeService) -> None:
    many = [registered() for _ in range(700)]
    assert await dispatch_batch(audit_consumer(cassandra), many)
    batches = cassandra.made(STORE)
    assert [len(batch["items"]) for batch in batches] == [500, 200]
    assert [item["id"] for batch in batches for item in batch["items"]] == [each.id for each in many]


async def test_without_back_cassandra_the_event_waits(cassandra: FakeService, claims: Claims) -> None:
    cassandra.replies[STORE] = Unavailable(dependency="back-cassandra")
    with pytest.raises(Unavailable):
        await dispatch(audit_consumer(cassandra), registered(), claims)


async def test_a_version_to_come_is_parked(cassandra: FakeService, claims: Claims) -> None:
    with pytest.raises(UnsupportedVersion):
        await dispatch(audit_consumer(cassandra), event("profile.updated", {}, version=99), claims)

"""What the audit log asks of back-cassandra, and of back-postgres for who somebody is."""

from datetime import UTC, datetime

import pytest
from features.audit.domain import AuditFilter, Period
from features.audit.infrastructure import BackCassandraAuditLog as Log
from people import BackPostgresPeople as People

from shared.models.audit import AuditEntry
from shared.models.base import Items, Page
from shared.models.user import User
from tests.pacts.consumer import Ask, Interaction, ok
from tests.pacts.examples import CORRELATION, EXAMPLES, USER

pytestmark = pytest.mark.pact
PERIOD = Period(datetime.fromisoformat(EXAMPLES["since"]), datetime.fromisoformat(EXAMPLES["until"]))
QUERY = {"since": "{since}", "until": "{until}", "limit": "1"}
ENTRY = AuditEntry(
    id=CORRELATION, at=datetime(2026, 11, 23, 12, tzinfo=UTC), action="profile.updated", actor=USER, subject_type="profile",
    subject_id=USER, correlation_id=CORRELATION, details={"version": "2"},
)  # fmt: skip
FOUND = Page[AuditEntry](items=[ENTRY], next_cursor=CORRELATION)


async def test_the_audit_log_is_answered_as_expected() -> None:
    asked = Ask("GET", "/internal/audit", query=QUERY)
    entries = Interaction(
        "a page of the audit log",
        "two entries of the audit log",
        asked,
        ok(FOUND),
        lambda c: Log(c).list_entries(PERIOD, AuditFilter(), limit=1, cursor=None),
        FOUND,
    )
    await entries.holds("back-api", "back-cassandra")


async def test_people_are_named_as_their_accounts_are_read() -> None:
    ann = User(id=USER, email="ann@example.com", name="Ann", created_at=datetime(2026, 11, 23, 12, tzinfo=UTC))
    people = Interaction(
        "several accounts",
        "a person",
        Ask("POST", "/internal/users/batch", json={"ids": ["{user_id}"]}),
        ok(Items[User](items=[ann])),
        lambda c: People(c).addresses([USER]),
        {USER: "ann@example.com"},
    )
    await people.holds("back-api", "back-postgres")

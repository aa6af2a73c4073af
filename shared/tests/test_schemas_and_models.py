"""What the published JSON Schema of a request refuses, its model refuses, and the other way round."""

from copy import deepcopy
from typing import Any, cast

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from shared.models.announcement import AnnouncementCreate
from shared.models.billing import BillingRunCreate, InvoiceDraft, SubscriptionCreate, SubscriptionUpdate
from shared.models.event_streams import ReplayRequest
from shared.models.lease import Lease
from shared.models.notification_preferences import NotificationPreferencesUpdate
from shared.models.outbox import OutboxClaim
from shared.models.profile import ProfileChange, ProfileCreate, ProfileUpdate
from shared.models.session import Login
from shared.models.user import Registration, UserIds

Place = tuple[Any, ...]
REQUESTS: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Registration, {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}),
    (Login, {"email": "ada@example.com", "password": "x"}),
    (ProfileCreate, {"name": "Ada", "display_name": None, "bio": "", "locale": "de-CH", "theme": "dark"}),
    (ProfileUpdate, {"name": "Ada", "display_name": "A", "bio": "b", "locale": "en", "theme": "light"}),
    (ProfileChange, {"changes": {"name": "Ada"}, "version": 1}),
    (AnnouncementCreate, {"title": "T", "body": "B", "link": "/app", "audience": {"roles": ["user"], "verified": True}}),
    (SubscriptionCreate, {"plan": "pro", "interval": "year", "currency": "EUR", "seats": 3}),
    (SubscriptionUpdate, {"plan": "pro", "seats": 3}),
    (BillingRunCreate, {"period": "2026-11", "dry_run": True}),
    (Lease, {"worker": "w", "seconds": 30}),
    (ReplayRequest, {"group": "mail", "stream": "events:user", "from_id": "0"}),
    (OutboxClaim, {"relay": "r", "limit": 10, "held": ["user"], "failed": [{"id": "1", "error": "e"}]}),
    (UserIds, {"ids": ["a"]}),
    (
        NotificationPreferencesUpdate,
        {"kinds": [{"kind": "welcome", "live": True, "mail": "daily"}], "quiet_hours": {"from": "22:00", "to": "07:00"}},
    ),
    (
        InvoiceDraft,
        {"subscription_id": "s", "user_id": "u", "period": "2026-11", "plan": "pro", "currency": "EUR", "amount_minor": 1,
         "lines": [{"description": "d", "quantity": 1, "unit_amount_minor": 1, "amount_minor": 1}], "next_due_on": "2026-12-01"},
    ),
]  # fmt: skip
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 3, 2**31, 10**30, 1.5, "", " ", "3", "true", "yes", "a", "a\nb", "a\tb", "a\x00b", "a\u202eb",
    "\u200d", "a\u200db", "Ada\n", "ada@example.com", " ada@example.com", "2026-13", "2026-11-23", "x" * 5000, [], {}, ["a"], [1],
    {"a": 1}, "en_US", "de-CH", "/a", "//a", "pro", "dark", "24:00", "events:dead",
]  # fmt: skip


def places(value: Any, at: Place = ()) -> list[Place]:
    """The path of each part of `value`."""
    if isinstance(value, dict):
        items = list(cast(dict[Any, Any], value).items())
    else:
        items = list(enumerate(cast(list[Any], value))) if isinstance(value, list) else []
    return [at, *(place for key, inner in items for place in places(inner, (*at, key)))]


def changed(value: Any, at: Place, odd: Any) -> Any:
    if not at:
        return odd
    copy: Any = deepcopy(value)
    copy[at[0]] = changed(copy[at[0]], at[1:], odd)
    return copy


def accepts(model: type[BaseModel], body: Any) -> bool:
    try:
        model.model_validate(body)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("model", "good"), REQUESTS, ids=lambda value: getattr(value, "__name__", ""))
def test_schema_and_model_agree(model: type[BaseModel], good: dict[str, Any]) -> None:
    schema = jsonschema_rs.validator_for(model.model_json_schema(), validate_formats=True)
    assert schema.is_valid(good)
    assert accepts(model, good)

    @settings(max_examples=300, deadline=None)
    @given(at=st.sampled_from(places(good)), odd=st.one_of(st.sampled_from(ODD), st.text(max_size=6), st.integers()))
    def agree(at: Place, odd: Any) -> None:
        body = changed(good, at, odd)
        assert schema.is_valid(body) == accepts(model, body), body

    agree()

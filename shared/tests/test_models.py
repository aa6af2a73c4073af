"""What every shared model refuses at the door, so that no service breaks on it further inside."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from shared.models import events
from shared.models.billing import BillingRunCreate
from shared.models.events import Event, EventData
from shared.models.outbox import OutboxClaim
from shared.models.session import LoginEvent
from shared.models.user import UserRegistered

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "shared/models"
ALL_EVENTS = "from shared.models.event_data import EVENT_DATA\nprint(*(kind for kind, _ in EVENT_DATA))"
EVENT = {"id": "1", "user_id": "2", "outcome": "failed", "occurred_at": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_outside_the_calendar_is_refused(moment: str):
    with pytest.raises(ValidationError, match="years 1 and 9999"):
        LoginEvent.model_validate(EVENT | {"occurred_at": moment})


def test_a_lone_surrogate_is_refused_in_what_is_sent_and_in_what_is_answered():
    with pytest.raises(ValidationError):
        OutboxClaim.model_validate({"relay": "\ud800"})
    with pytest.raises(ValidationError):
        LoginEvent.model_validate(EVENT | {"ip": "\ud800"})


def test_a_period_has_the_digits_that_a_database_reads():
    with pytest.raises(ValidationError):
        BillingRunCreate.model_validate({"period": "20\uff126-01"})


def test_an_event_of_a_type_that_this_release_does_not_know_is_an_event():
    envelope: dict[str, object] = {"id": "1", "aggregate_id": "2", "occurred_at": "2026-01-01T00:00:00Z", "data": {}}
    assert Event.model_validate(envelope | {"type": "order.created"}).stream == "events:order"
    for wrong in ("order", "order.", "order.created.twice", "Order.created", "dead letter.x"):
        with pytest.raises(ValidationError):
            Event.model_validate(envelope | {"type": wrong})


def test_two_classes_cannot_describe_the_data_of_one_event():
    with pytest.raises(TypeError, match="is UserRegistered already"):
        type("Again", (EventData,), {}, event=UserRegistered.event_type)


def test_an_event_declares_beside_its_model_what_support_sees(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(events, "EVENT_DATA", dict(events.EVENT_DATA))
    bookmarked: Any = type("Bookmarked", (EventData,), {}, event="example.happened", shown="id", hidden="title url")

    assert (bookmarked.fields_shown, bookmarked.fields_hidden) == ({"id"}, {"title", "url"})
    assert bookmarked.is_shown()
    assert EventData.fields_shown == frozenset()


def test_an_event_that_declares_nothing_or_is_an_administrators_act_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(events, "EVENT_DATA", dict(events.EVENT_DATA))
    base: Any = type("Act", (EventData,), {}, shown="id", administrative=True)
    closed: Any = type("Closed", (base,), {}, event="account.closed")
    silent: Any = type("Silent", (EventData,), {}, event="account.opened")

    assert closed.fields_shown == {"id"}
    assert not closed.is_shown()
    assert not silent.is_shown()


def test_whoever_imports_event_data_knows_the_events_of_all_modules():
    printed = subprocess.run([sys.executable, "-c", ALL_EVENTS], capture_output=True, text=True, check=True, cwd=ROOT)
    written = re.findall(r'event="([a-z_]+\.[a-z_]+)"', "".join(path.read_text() for path in MODELS.glob("*.py")))
    assert sorted(printed.stdout.split()) == sorted(set(written))

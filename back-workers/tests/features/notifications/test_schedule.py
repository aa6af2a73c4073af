"""When a user is notified: preferences, quiet hours, and the daily digest, in their time zone and through its changes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from features.notifications.schedule import DeliveryTime, is_quiet, mail_delivery_time, preference_for

from shared.models.notification import NotificationKind
from shared.models.notification_preferences import Recipient

NIGHT = {"from": "22:00", "to": "07:00"}


def somebody(zone: str = "Europe/Berlin", quiet: Any = None, **mail: str) -> Recipient:
    kinds = [{"kind": kind, "live": True, "mail": choice} for kind, choice in mail.items()]
    known = {"user_id": "u", "email": "ann@example.com", "time_zone": zone, "kinds": kinds, "quiet_hours": quiet}
    return Recipient.model_validate(known)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_defaults_hold_where_nothing_was_preference_for() -> None:
    kinds: list[NotificationKind] = ["welcome", "invoice", "security", "announcement"]
    assert [preference_for(somebody(), kind).mail for kind in kinds] == ["at_once", "at_once", "at_once", "daily"]
    assert preference_for(somebody(invoice="never"), "invoice").mail == "never"


def test_security_is_never_off_and_never_waits() -> None:
    ann = somebody(quiet=NIGHT, security="never")
    midnight = at("2026-11-25T23:00:00+01:00")
    assert preference_for(ann, "security").mail == "at_once"
    assert (is_quiet(ann, "security", midnight), mail_delivery_time(ann, "security", midnight)) == (False, None)


@pytest.mark.parametrize(
    ("hours", "local", "quiet"),
    [
        (NIGHT, "2026-11-25T21:59:59+01:00", False),
        (NIGHT, "2026-11-25T22:00:00+01:00", True),
        (NIGHT, "2026-11-26T06:59:59+01:00", True),
        (NIGHT, "2026-11-26T07:00:00+01:00", False),
        ({"from": "12:00", "to": "13:00"}, "2026-11-25T12:30:00+01:00", True),
        ({"from": "12:00", "to": "13:00"}, "2026-11-25T13:00:00+01:00", False),
        (None, "2026-11-25T23:00:00+01:00", False),
    ],
)
def test_hours_of_quiet_are_local(hours: Any, local: str, quiet: bool) -> None:
    assert is_quiet(somebody(quiet=hours), "invoice", at(local)) is quiet


@pytest.mark.parametrize(
    ("hours", "now", "due"),
    [
        (NIGHT, "2026-11-25T23:00:00+01:00", "2026-11-26T07:00:00+01:00"),
        (NIGHT, "2026-11-26T01:00:00+01:00", "2026-11-26T07:00:00+01:00"),
        (NIGHT, "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),  # the night is an hour shorter
        (NIGHT, "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),  # and an hour longer
        (
            {"from": "22:00", "to": "02:30"},
            "2026-03-29T01:00:00+01:00",
            "2026-03-29T03:30:00+02:00",
        ),  # 2:30 is left out
        (
            {"from": "22:00", "to": "02:30"},
            "2026-10-25T02:10:00+02:00",
            "2026-10-25T02:30:00+02:00",
        ),  # 2:30 comes first
        ({"from": "22:00", "to": "02:30"}, "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"),  # and once more
    ],
)
def test_mails_wait_for_the_end_of_quiet(hours: Any, now: str, due: str) -> None:
    assert mail_delivery_time(somebody(quiet=hours), "invoice", at(now)) == DeliveryTime(at(due))


@pytest.mark.parametrize(
    ("zone", "now", "due", "day"),
    [
        ("Europe/Berlin", "2026-11-25T07:59:59+01:00", "2026-11-25T08:00:00+01:00", date(2026, 11, 25)),
        ("Europe/Berlin", "2026-11-25T08:00:00+01:00", "2026-11-26T08:00:00+01:00", date(2026, 11, 26)),
        ("Europe/Berlin", "2026-03-28T12:00:00+01:00", "2026-03-29T08:00:00+02:00", date(2026, 3, 29)),
        ("Pacific/Kiritimati", "2026-11-25T12:00:00+00:00", "2026-11-26T08:00:00+14:00", date(2026, 11, 26)),
        ("America/St_Johns", "2026-11-25T12:00:00+00:00", "2026-11-26T08:00:00-03:30", date(2026, 11, 26)),
        ("Nowhere/Known", "2026-11-25T12:00:00+00:00", "2026-11-26T08:00:00+00:00", date(2026, 11, 26)),
    ],
)
def test_a_summary_comes_at_eight_of_the_reader_s_day(zone: str, now: str, due: str, day: date) -> None:
    assert mail_delivery_time(somebody(zone, invoice="daily"), "invoice", at(now)) == DeliveryTime(at(due), day)


def test_a_summary_keeps_quiet_as_well() -> None:
    late = somebody(quiet={"from": "23:00", "to": "10:00"}, invoice="daily")
    due = mail_delivery_time(late, "invoice", at("2026-11-25T12:00:00+01:00"))
    assert due == DeliveryTime(at("2026-11-26T10:00:00+01:00"), date(2026, 11, 26))


def test_without_quiet_hours_a_mail_goes_now() -> None:
    assert mail_delivery_time(somebody(), "invoice", at("2026-11-25T23:00:00+01:00")) is None

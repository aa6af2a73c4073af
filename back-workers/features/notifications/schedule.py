"""When a recipient gets a message: rules over their preferences, their quiet hours and their time zone. No I/O."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from features.notifications.locale import zone
from shared.models.notification import NotificationKind
from shared.models.notification_kinds import complete
from shared.models.notification_preferences import KindPreference, QuietHours, Recipient

DIGEST_AT = time(8)
"""Local time of the daily summary."""
SAFETY: NotificationKind = "security"
"""The kind that nobody can switch off and that quiet hours do not delay."""


@dataclass(frozen=True)
class DeliveryTime:
    """When a mail goes out that is not sent at once; `digest_day` is the local day of the summary that it is a part of."""

    at: datetime
    digest_day: date | None = None


def preference_for(recipient: Recipient, kind: NotificationKind) -> KindPreference:
    """The effective preference for `kind`: the recipient's choice, or the default."""
    if kind == SAFETY:
        return KindPreference(kind=kind, live=True, mail="at_once")
    return next(preference for preference in complete(recipient.kinds) if preference.kind == kind)


def is_quiet(recipient: Recipient, kind: NotificationKind, at: datetime) -> bool:
    """Whether `at` lies in the recipient's quiet hours, which `security` ignores."""
    hours = recipient.quiet_hours
    return hours is not None and kind != SAFETY and _within(hours, at.astimezone(zone(recipient.time_zone)).time())


def mail_delivery_time(recipient: Recipient, kind: NotificationKind, now: datetime) -> DeliveryTime | None:
    """When the mail goes out; None means now. The preference must allow it (`preference_for(..).mail` is not `never`)."""
    local = zone(recipient.time_zone)
    if preference_for(recipient, kind).mail == "daily":
        at = _next(now, DIGEST_AT, local)
        day = at.astimezone(local).date()
        return DeliveryTime(
            _end_of_quiet(recipient.quiet_hours, at, local) if is_quiet(recipient, kind, at) else at, day
        )
    if is_quiet(recipient, kind, now):
        return DeliveryTime(_end_of_quiet(recipient.quiet_hours, now, local))
    return None


def _within(hours: QuietHours, clock: time) -> bool:
    start = time.fromisoformat(hours.start)
    end = time.fromisoformat(hours.end)
    return start <= clock < end if start < end else clock >= start or clock < end


def _end_of_quiet(hours: QuietHours | None, now: datetime, local: tzinfo) -> datetime:
    """The next moment after `now` that is not quiet, also on the days when clocks change."""
    if hours is None:
        return now
    ends = _occurrences(now, time.fromisoformat(hours.end), local)
    return min(end for end in ends if end > now and not _within(hours, end.astimezone(local).time()))


def _next(now: datetime, clock: time, local: tzinfo) -> datetime:
    return min(moment for moment in _occurrences(now, clock, local) if moment > now)


def _occurrences(now: datetime, clock: time, local: tzinfo) -> list[datetime]:
    """When local clocks show `clock` around `now`: an hour that comes twice gives two, one that is left out the one after it."""
    today = now.astimezone(local).date()
    return [
        datetime.combine(today + timedelta(days=days), clock, local).replace(fold=fold).astimezone(now.tzinfo)
        for days in range(3)
        for fold in (0, 1)
    ]

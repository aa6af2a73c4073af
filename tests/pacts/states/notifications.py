"""Notifications, as back-workers store them; what people chose about them; announcements."""

from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.pacts.states.people import administrator, person
from tests.pacts.states.providers import Providers, Values, state


@state("a person with a notification")
async def with_notification(providers: Providers) -> Values:
    return await _with_notifications(providers, 1)


@state("a person with two notifications")
async def with_two_notifications(providers: Providers) -> Values:
    return await _with_notifications(providers, 2)


@state("a person whose choices about notifications changed meanwhile")
async def with_changed_choices(providers: Providers) -> Values:
    """Their version is no longer 0."""
    values = await person(providers)
    kinds = [{"kind": "invoice", "live": True, "mail": "daily"}]
    change = {"preferences": {"kinds": kinds, "quiet_hours": {"from": "22:00", "to": "07:00"}}, "version": 0}
    await providers.ask("back-postgres", "PUT", f"/internal/notification-preferences/{values['user_id']}", change)
    return values


@state("an announcement")
async def announced(providers: Providers) -> Values:
    return await _announce(providers)


@state("two announcements")
async def announced_twice(providers: Providers) -> Values:
    await _announce(providers)
    return await _announce(providers)


AUDIENCE = {"roles": ["user"], "without_subscription": True}


async def _announce(providers: Providers) -> Values:
    values = await administrator(providers)
    text = {"title": "New plans", "body": "For teams.", "link": "/app/billing", "audience": AUDIENCE}
    known = {"created_by": values["user_id"], "idempotency_key": "key-1"}
    made = await providers.ask("back-postgres", "POST", "/internal/announcements", {**text, **known})
    return {**values, "announcement_id": made["id"]}


async def _with_notifications(providers: Providers, number: int) -> Values:
    values = await person(providers)
    text = {"kind": "welcome", "title": "Welcome", "body": "Hello", "link": "/app"}
    known = {"user_id": values["user_id"], "created_at": datetime.now(UTC).isoformat()}
    items = [{"id": new_id(), **text, **known} for _ in range(number)]
    await providers.ask("back-cassandra", "POST", "/internal/notifications", {"items": items})
    return {**values, "notification_id": items[0]["id"]}

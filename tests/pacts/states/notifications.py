"""Notifications, as back-workers store them; what people chose about them; announcements."""

from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.pacts.states.people import administrator, person
from tests.pacts.states.world import Values, World, state


@state("a person with a notification")
async def with_notification(world: World) -> Values:
    return await _with_notifications(world, 1)


@state("a person with two notifications")
async def with_two_notifications(world: World) -> Values:
    return await _with_notifications(world, 2)


@state("a person whose choices about notifications changed meanwhile")
async def with_changed_choices(world: World) -> Values:
    """Their version is no longer 0."""
    values = await person(world)
    kinds = [{"kind": "invoice", "live": True, "mail": "daily"}]
    change = {"preferences": {"kinds": kinds, "quiet_hours": {"from": "22:00", "to": "07:00"}}, "version": 0}
    await world.ask("back-postgres", "PUT", f"/internal/notification-preferences/{values['user_id']}", change)
    return values


@state("an announcement")
async def announced(world: World) -> Values:
    return await _announce(world)


@state("two announcements")
async def announced_twice(world: World) -> Values:
    await _announce(world)
    return await _announce(world)


AUDIENCE = {"roles": ["user"], "without_subscription": True}


async def _announce(world: World) -> Values:
    values = await administrator(world)
    text = {"title": "New plans", "body": "For teams.", "link": "/app/billing", "audience": AUDIENCE}
    known = {"created_by": values["user_id"], "idempotency_key": "key-1"}
    made = await world.ask("back-postgres", "POST", "/internal/announcements", {**text, **known})
    return {**values, "announcement_id": made["id"]}


async def _with_notifications(world: World, number: int) -> Values:
    values = await person(world)
    text = {"kind": "welcome", "title": "Welcome", "body": "Hello", "link": "/app"}
    known = {"user_id": values["user_id"], "created_at": datetime.now(UTC).isoformat()}
    items = [{"id": new_id(), **text, **known} for _ in range(number)]
    await world.ask("back-cassandra", "POST", "/internal/notifications", {"items": items})
    return {**values, "notification_id": items[0]["id"]}

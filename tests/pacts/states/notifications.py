"""Notifications, as back-workers store them."""

from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.pacts.states.people import person
from tests.pacts.states.providers import Providers, Values, state


@state("a person with a notification")
async def with_notification(providers: Providers) -> Values:
    return await _with_notifications(providers, 1)


@state("a person with two notifications")
async def with_two_notifications(providers: Providers) -> Values:
    return await _with_notifications(providers, 2)


async def _with_notifications(providers: Providers, number: int) -> Values:
    values = await person(providers)
    text = {"kind": "welcome", "title": "Welcome", "body": "Hello", "link": "/app"}
    known = {"user_id": values["user_id"], "created_at": datetime.now(UTC).isoformat()}
    items = [{"id": new_id(), **text, **known} for _ in range(number)]
    await providers.ask("back-cassandra", "POST", "/internal/notifications", {"items": items})
    return {**values, "notification_id": items[0]["id"]}

"""Announcements, as back-api stores them."""

from tests.pacts.states.people import administrator
from tests.pacts.states.world import Values, World, state


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

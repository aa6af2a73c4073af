"""Announcements, as back-api stores them."""

from tests.pacts.states.people import administrator
from tests.pacts.states.providers import Providers, Values, state


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

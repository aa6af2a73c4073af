"""What people chose about notifications."""

from tests.pacts.states.people import person
from tests.pacts.states.providers import Providers, Values, state


@state("a person whose choices about notifications changed meanwhile")
async def with_changed_choices(providers: Providers) -> Values:
    """Their version is no longer 0."""
    values = await person(providers)
    kinds = [{"kind": "invoice", "live": True, "mail": "daily"}]
    change = {"preferences": {"kinds": kinds, "quiet_hours": {"from": "22:00", "to": "07:00"}}, "version": 0}
    await providers.ask("back-postgres", "PUT", f"/internal/notification-preferences/{values['user_id']}", change)
    return values

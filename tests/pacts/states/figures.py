"""What figures count."""

from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.pacts.states.billing import invoiced
from tests.pacts.states.providers import Providers, Values, state
from tests.pacts.states.traces import trace


@state("a day with a login and a request")
async def busy_day(providers: Providers) -> Values:
    now = datetime.now(UTC).isoformat()
    login = {"id": new_id(), "user_id": new_id(), "outcome": "succeeded", "occurred_at": now}
    await providers.ask("back-cassandra", "POST", "/internal/login-events", {"items": [login]})
    return await trace(providers)


@state("a day of figures")
async def day_of_figures(providers: Providers) -> Values:
    """With a login, a request and an invoice; whoever asks is another one."""
    await busy_day(providers)
    await invoiced(providers)
    return {}

"""What somebody did a moment ago."""

from datetime import UTC, datetime, timedelta

from shared.utils.ids import new_id
from tests.pacts.states.people import somebody
from tests.pacts.states.providers import Providers, Values, state


@state("two entries of the audit log")
async def two_entries(providers: Providers) -> Values:
    """Of somebody who has an account, on two pages, when a page holds one; `since` and `until` are around them."""
    now = datetime.now(UTC)
    same = {"action": "profile.updated", "subject_type": "profile", "details": {"version": "2"}}
    about = {
        "at": now.isoformat(),
        "actor": await somebody(providers),
        "subject_id": new_id(),
        "correlation_id": new_id(),
    }
    items = [same | about | {"id": new_id()} for _ in range(2)]
    await providers.ask("back-cassandra", "POST", "/internal/audit", {"items": items})
    around = {"since": now - timedelta(hours=1), "until": now + timedelta(minutes=1)}
    return {name: moment.isoformat() for name, moment in around.items()}

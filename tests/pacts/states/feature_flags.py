"""Feature flags that somebody has changed; what is behind them stays on."""

from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.flag_settings import ON
from tests.pacts.states.people import somebody
from tests.pacts.states.providers import Providers, Values, state


@state("a changed feature flag")
async def changed(providers: Providers) -> Values:
    """`version` is now the newest one of the flag `sessions`."""
    known = await providers.ask("back-cassandra", "GET", "/internal/feature-flags/sessions/versions?limit=1")
    version = (known["items"][0]["version"] if known["items"] else 0) + 1
    await _store(providers, "sessions", version)
    return {"version": str(version)}


@state("a feature flag of two versions")
async def with_two_versions(providers: Providers) -> Values:
    """`flag_name` is one that no contract declares; the next version is 3."""
    name = f"flag-{new_id()}"
    for version in (1, 2):
        await _store(providers, name, version)
    return {"flag_name": name}


async def _store(providers: Providers, name: str, version: int) -> None:
    by = {"id": new_id(), "changed_by": await somebody(providers), "changed_at": datetime.now(UTC).isoformat()}
    path = f"/internal/feature-flags/{name}/versions/{version}"
    await providers.ask("back-cassandra", "PUT", path, {**ON, **by, "reason": "Tried."})

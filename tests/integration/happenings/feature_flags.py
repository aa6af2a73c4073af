"""A flag that is set to what it is."""

from tests.integration.happenings.actors import Actors, causes

FLAG = "/api/feature-flags/sessions"


@causes("feature_flag.changed")
def change(actors: Actors) -> None:
    """It stays on for everybody: other tests use the feature."""
    stored = actors.ask("GET", FLAG, by=actors.admin)
    kept = {name: stored[name] for name in ("enabled", "percentage", "rules", "owner", "expires_on")}
    actors.ask("PUT", FLAG, by=actors.admin, json={**kept, "reason": "It stays as it is."})

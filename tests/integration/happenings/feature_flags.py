"""A flag that is set to what it is."""

from tests.integration.happenings.stage import Stage, causes

FLAG = "/api/feature-flags/sessions"


@causes("feature_flag.changed")
def change(stage: Stage) -> None:
    """It stays on for everybody: other tests use the feature."""
    stored = stage.ask("GET", FLAG, by=stage.admin)
    kept = {name: stored[name] for name in ("enabled", "percentage", "rules", "owner", "expires_on")}
    stage.ask("PUT", FLAG, by=stage.admin, json={**kept, "reason": "It stays as it is."})

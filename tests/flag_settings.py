"""Settings of a feature flag, as `PUT /api/feature-flags/{name}` takes them."""

from typing import Any

ON: dict[str, Any] = {
    "enabled": True,
    "percentage": 100,
    "rules": [],
    "owner": "team-tools",
    "expires_on": "2099-12-31",
}
"""On for everybody; a request also gives its `reason`."""

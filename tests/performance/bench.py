"""`make bench`: what the boundaries cost, as ratios against a named baseline taken in the same run.

Runs against the stack that E2E_PUBLIC_URL, E2E_SECRETS and PORT_OFFSET name; PART=service_identity runs one part.
"""

import os

from tests.performance import (
    announcements,
    event_flow,
    fan_out,
    idle,
    live_updates,
    logins,
    profile_reads,
    service_identity,
    tracing_cost,
)

PARTS = {
    "idle": idle.bench,
    "profile_reads": profile_reads.bench,
    "service_identity": service_identity.bench,
    "tracing_cost": tracing_cost.bench,
    "logins": logins.bench,
    "live_updates": live_updates.bench,
    "fan_out": fan_out.bench,
    "announcements": announcements.bench,
    "event_flow": event_flow.bench,
}


def main() -> None:
    """All of them, one after the other, or the one that PART names."""
    part = os.environ.get("PART")
    for name, bench in PARTS.items():
        if part in (None, "", name):
            bench()


if __name__ == "__main__":
    main()

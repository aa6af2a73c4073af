"""`make bench`: what the boundaries cost, as ratios against a named baseline taken in the same run.

Runs against the stack that E2E_PUBLIC_URL, E2E_SECRETS and PORT_OFFSET tell of.
"""

from tests.performance import event_flow, live_updates, logins, profile_reads, service_identity, tracing_cost


def main() -> None:
    """All of them, one after the other."""
    profile_reads.bench()
    service_identity.bench()
    tracing_cost.bench()
    logins.bench()
    live_updates.bench()
    event_flow.bench()


if __name__ == "__main__":
    main()

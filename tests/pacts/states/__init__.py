"""Provider states: what a pact's `given` means, as functions that make it so by the services' own operations. Each makes people of
its own, so that none meets what another left."""

from tests.pacts.states import audit, billing, logins, notifications, people, traces
from tests.pacts.states.world import STATES, State, Values, World

__all__ = ["STATES", "State", "Values", "World", "audit", "billing", "logins", "notifications", "people", "traces"]

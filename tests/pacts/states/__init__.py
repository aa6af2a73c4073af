"""Provider states: what a pact's `given` means, as functions that make it so by the services' own operations. Each makes people of
its own, so that none meets what another left. Each module of this package is found by itself, and what a contract's entity
needs is there without one (`ordinary.py`)."""

import importlib
import pkgutil

from tests.pacts.states import ordinary
from tests.pacts.states.providers import STATES, Providers, State, Values

__all__ = ["Providers", "State", "Values", "state_named"]

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)


def state_named(name: str) -> State:
    """What prepares the state `name` of a pact.

    Raises:
        LookupError: nothing does.
    """
    found = STATES.get(name) or ordinary.state_of(name)
    if found is None:
        raise LookupError(f"No state is called {name!r}: declare it in a module of tests/pacts/states.")
    return found

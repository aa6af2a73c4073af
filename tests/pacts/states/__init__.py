"""Provider states: what a pact's `given` means, as functions that make it so by the services' own operations. Each makes people of
its own, so that none meets what another left. Each module of this package is found by itself."""

import importlib
import pkgutil

from tests.pacts.states.providers import STATES, Providers, State, Values

__all__ = ["STATES", "Providers", "State", "Values"]

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

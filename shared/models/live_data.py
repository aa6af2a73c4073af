"""Every live message with what its `data` holds: `LIVE_MESSAGES` in the module of `shared.models` of the feature that sends it.

Importing this module imports all of those.
"""

import pkgutil
from importlib import import_module

import shared.models
from shared.models.base import Entity

_MODULES = [
    import_module(module.name)
    for module in pkgutil.iter_modules(shared.models.__path__, "shared.models.")
    if module.name != __name__
]
LIVE_DATA: dict[str, type[Entity]] = {
    kind: data for module in _MODULES for kind, data in vars(module).get("LIVE_MESSAGES", {}).items()
}
"""By type."""

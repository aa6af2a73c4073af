"""Every event with its data class. Consumers ignore unknown fields, so that a field can be added.

An event is a subclass of `EventData` in its feature's module of `shared.models`. Importing this module imports all of
those, so that `EVENT_DATA` here is complete.
"""

import pkgutil
from importlib import import_module

import shared.models
from shared.models.events import EVENT_DATA as EVENT_DATA
from shared.models.events import stream_of

for _module in pkgutil.iter_modules(shared.models.__path__, "shared.models."):
    import_module(_module.name)


def streams() -> list[str]:
    """Those of all families."""
    return sorted({stream_of(event_type) for event_type, _ in EVENT_DATA})

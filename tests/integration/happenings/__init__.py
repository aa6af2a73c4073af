"""Everything that is an event or a live message, made to happen once at least through the gateway.

What an entity's owner causes by creating, changing and deleting it needs nothing here (`ordinary.py`). What else a feature's
events need stands in a module of its name; each is found by itself.
"""

import importlib
import pkgutil

from tests.integration.happenings import ordinary
from tests.integration.happenings.actors import HAPPENINGS, Actors

__all__ = ["Actors", "everything"]

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)


def everything(actors: Actors) -> None:
    """Returns when all of it was asked for."""
    for happening in HAPPENINGS:
        happening(actors)
    ordinary.happen(actors)

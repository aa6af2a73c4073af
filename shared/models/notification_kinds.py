"""The kinds of notifications of this release: each a `DefaultPreference` in its feature's module of `shared.models`.

Importing this module imports all of those.
"""

import pkgutil
from importlib import import_module

import shared.models
from shared.models.notification_preferences import DefaultPreference, KindPreference

_MODULES = [
    import_module(module.name)
    for module in pkgutil.iter_modules(shared.models.__path__, "shared.models.")
    if module.name != __name__
]
_DECLARED = {value for module in _MODULES for value in vars(module).values() if isinstance(value, DefaultPreference)}
DEFAULTS = tuple(each.preference() for each in sorted(_DECLARED, key=lambda each: (each.order, each.kind)))
"""The defaults, for a user who has chosen nothing, and for a kind that is newer than the user's choice."""


def complete(chosen: list[KindPreference]) -> list[KindPreference]:
    """The kinds of this release, each as `chosen` or by default, then what was chosen for kinds of another release."""
    known = {preference.kind: preference for preference in chosen}
    return [*(known.pop(default.kind, default) for default in DEFAULTS), *known.values()]

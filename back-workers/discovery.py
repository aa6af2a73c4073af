"""Finds what the features declare, so that a new feature adds a folder and edits no list.

A folder below `features/` may have, each of them optional:

- `*consumer.py` with `consumer(peers)`: a consumer group
- `background.py` with `NAME` and `job(settings, peers, stack)`: a job of the events process, or None where it has nothing to do
- `audit.py` with `AUDIT_RULES`: what the audit log keeps of its events
- `messages.py` with `MAIL_MESSAGES` and `IN_APP_MESSAGES`: the messages that its events send to people
- `texts/<language>.yaml`: the words of its messages
- `tasks.py`: Celery tasks
- `work.py` with `work`: what its tasks do under a lease (`leased_work.py`); beat sends its `<feature>.resume`
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import features


def module_names(pattern: str) -> list[str]:
    """`features.<feature>.<module>` of every module whose name matches the glob `pattern`, sorted."""
    return [f"features.{path.parent.name}.{path.stem}" for path in _paths(f"{pattern}.py")]


def modules(pattern: str) -> list[ModuleType]:
    """The same, imported."""
    return [import_module(name) for name in module_names(pattern)]


def feature_of(module: ModuleType) -> str:
    """The feature in whose folder `module` lies."""
    return module.__name__.split(".")[1]


def folders(name: str) -> list[Path]:
    """The folder `name` of every feature that has one."""
    return _paths(name)


def features_with(name: str) -> list[str]:
    """The features whose folder has a file `name`."""
    return [path.parent.name for path in _paths(name)]


def merged(module: str, attribute: str) -> dict[Any, Any]:
    """The dictionaries called `attribute` of every feature's `module`, in one.

    Raises:
        ValueError: two features declare the same key.
    """
    everything: dict[Any, Any] = {}
    for found in modules(module):
        declared: dict[Any, Any] = getattr(found, attribute, {})
        for key in declared.keys() & everything.keys():
            raise ValueError(f"{found.__name__}: another feature has {key!r} in its {attribute} already")
        everything |= declared
    return everything


def _paths(pattern: str) -> list[Path]:
    return sorted(path for folder in features.__path__ for path in Path(folder).glob(f"*/{pattern}"))

"""Celery's task class: a task of a feature whose flag is off for everybody does nothing and logs that.

Its work stays stored, like a pending announcement: tasks are repeated, or found again by a sweep.
"""

from functools import cache
from typing import Any

import structlog
from celery import Task
from peers import Peers, run_with_peers
from settings import NAME, TaskSettings

from shared.contracts.flags import declared_flags, flag_names
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.reading import newest_flags
from shared.feature_flags.registry import FeatureRegistry
from shared.feature_flags.values import FlagValues
from shared.models.feature_flag import FeatureFlag
from shared.utils.errors import Unavailable

log = structlog.get_logger("tasks")
_Base: Any = Task  # celery has no types


class FlaggedTask(_Base):
    """`task_cls` of the application."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        flag = flag_of(self.run.__module__)
        if flag and not is_on(flag):
            log.warning("task left undone: its feature is off", task=self.name, flag=flag)
            return None
        return self.run(*arguments, **named)


def flag_of(module: str) -> str | None:
    """The flag of the feature in whose folder `features.<feature>.<...>` lies."""
    _, _, rest = module.partition("features.")
    return flag_names().get(rest.partition(".")[0])


def is_on(flag: str) -> bool:
    """Whether `flag` is on for anybody, by the store; while that is away, by the values that this process read last."""
    values = _values()
    try:
        values.note(read_flags())
    except Unavailable:
        log.warning("flags not read; the last known ones count", flag=flag)
    return FeatureRegistry(NAME).is_on_for_anybody(flag)


def read_flags() -> list[FeatureFlag]:
    """As they are stored. Raises Unavailable."""
    return run_with_peers(TaskSettings.load(), _newest)


async def _newest(peers: Peers) -> list[FeatureFlag]:
    return await newest_flags(peers.back_cassandra)


@cache
def _values() -> FlagValues:
    """The flags of this process."""
    values = FlagValues(declared_flags())
    FeatureRegistry(NAME).use(StoredFlags(values))
    return values

"""The flags that a process knows."""

from collections.abc import Iterable, Mapping

import structlog

from shared.contracts import manifest
from shared.models.feature_flag import FeatureFlag

log = structlog.get_logger("feature-flags")


class FlagValues:
    """The newest known version of each flag that a contract declares; at first the contract's default.

    Versions only grow: a slow read never undoes a change that was received meanwhile. Flags that no contract declares are
    ignored.
    """

    def __init__(self, declared: Mapping[str, manifest.FeatureFlag]) -> None:
        """`declared` has the flag of each feature, as `shared.contracts.flags.declared_flags` finds it."""
        self._flags = {flag.name: default_of(flag) for flag in declared.values()}

    def get(self, name: str) -> FeatureFlag | None:
        """None for a flag that no contract declares."""
        return self._flags.get(name)

    def all(self) -> list[FeatureFlag]:
        """By name."""
        return sorted(self._flags.values(), key=lambda flag: flag.name)

    def note(self, flags: Iterable[FeatureFlag]) -> None:
        """Stores those of `flags` that are newer than the known ones."""
        for flag in flags:
            known = self._flags.get(flag.name)
            if known and flag.version > known.version:
                self._flags[flag.name] = flag
                log.info(
                    "flag changed",
                    flag=flag.name,
                    version=flag.version,
                    enabled=flag.enabled,
                    percentage=flag.percentage,
                )


def default_of(declared: manifest.FeatureFlag) -> FeatureFlag:
    """Version 0 of a flag: the default of its contract."""
    return FeatureFlag(
        name=declared.name,
        version=0,
        enabled=declared.default,
        owner=declared.owner,
        expires_on=declared.expires_on,
    )

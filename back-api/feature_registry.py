"""`is_enabled`: whether a feature flag is on for the caller (guide: "Deployment")."""

from shared.chassis.flag_guard import as_context
from shared.chassis.identity import current_caller
from shared.feature_flags.registry import FeatureRegistry

registry = FeatureRegistry("back-api")


async def is_enabled(name: str) -> bool:
    """Whether the flag `name` is on for the caller of the current request; for nobody in particular when it has no token.

    A feature whose contract names its flag need not ask: its routes are not there while the flag is off.

    Raises:
        UnknownFlag: no contract declares the flag.
    """
    return await registry.is_enabled(name, as_context(current_caller()))

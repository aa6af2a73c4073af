"""Reading all flags from back-cassandra."""

from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.feature_flag import FeatureFlag


async def newest_flags(back_cassandra: ServiceClient) -> list[FeatureFlag]:
    """The newest version of each flag that was ever changed. Raises Unavailable."""
    return (await back_cassandra.get("/internal/feature-flags", model=Items[FeatureFlag])).items

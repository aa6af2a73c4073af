"""The adapters of feature flags: back-cassandra over HTTP, back-redis through its typed client."""

from back_redis.feature_flags import FlagPublisher
from shared.chassis import tracing
from shared.chassis.client import ServiceClient
from shared.feature_flags.reading import newest_flags
from shared.models.base import Page
from shared.models.events import Event, EventType
from shared.models.feature_flag import FeatureFlag, FeatureFlagChanged, NewFlagVersion
from shared.utils import correlation

PATH = "/internal/feature-flags"


class BackCassandraFlags:
    """`domain.FlagStore`."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra

    async def newest(self) -> list[FeatureFlag]:
        return await newest_flags(self._cassandra)

    async def store(self, name: str, version: int, new: NewFlagVersion) -> FeatureFlag:
        return await self._cassandra.put(f"{PATH}/{name}/versions/{version}", json=new, model=FeatureFlag)

    async def history(self, name: str, *, limit: int, cursor: str | None) -> Page[FeatureFlag]:
        params = {"limit": limit, "cursor": cursor}
        return await self._cassandra.get(f"{PATH}/{name}/versions", params=params, model=Page[FeatureFlag])


class RedisAnnouncer:
    """`domain.Announcer`."""

    def __init__(self, publisher: FlagPublisher) -> None:
        self._publisher = publisher

    async def changed(self, flag: FeatureFlag, change_id: str) -> None:
        await self._publisher.announce(flag, _event("feature_flag.changed", change_id, flag))


def _event(event_type: EventType, change_id: str, flag: FeatureFlag) -> Event:
    """The change's id is the event's, so that a change is audited once."""
    assert flag.changed_at
    return Event(
        id=change_id,
        type=event_type,
        aggregate_id=flag.name,
        user_id=flag.changed_by,
        occurred_at=flag.changed_at,
        correlation_id=correlation.current(),
        traceparent=tracing.traceparent(),
        data=FeatureFlagChanged(flag=flag).model_dump(mode="json"),
    )

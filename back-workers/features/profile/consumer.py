"""Consumer group `live`: publishes a changed profile to the open pages of its user (back-websockets delivers it)."""

from events.consumer import Consumer, handles
from peers import Peers

from back_redis.pubsub import LivePublisher
from shared.models.events import Event
from shared.models.notification import LiveMessage
from shared.models.profile import ProfileUpdated


def consumer(peers: Peers) -> Consumer:
    return live_consumer(peers.live)


def live_consumer(live: LivePublisher) -> Consumer:
    async def publish(event: Event, data: ProfileUpdated) -> None:
        profile = data.profile
        message = LiveMessage(
            type="profile.updated", id=event.id, data=profile.model_dump(mode="json"), created_at=event.occurred_at
        )
        await live.send([profile.user_id], message)

    return Consumer(group="live", idempotency="natural", handlers=(handles(ProfileUpdated, publish),))

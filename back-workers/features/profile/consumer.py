"""Group `live`: changes that open tabs show at once."""

from events.consumer import Consumer, on

from back_redis.pubsub import LivePublisher
from shared.models.event_data import ProfileUpdated
from shared.models.events import Event
from shared.models.notification import LiveMessage


def live(publisher: LivePublisher) -> Consumer:
    async def profile_updated(event: Event, data: ProfileUpdated) -> None:
        profile = data.profile
        message = LiveMessage(
            type="profile.updated", id=event.id, data=profile.model_dump(mode="json"), created_at=event.occurred_at
        )
        await publisher.send([profile.user_id], message)

    return Consumer(group="live", idempotency="natural", handlers=(on(ProfileUpdated, profile_updated),))

"""Group `live`: changes that open tabs show at once."""

from back_redis.pubsub import LivePublisher
from consumers.declared import Consumer
from shared.models.events import Event
from shared.models.notification import LiveMessage
from shared.models.profile import Profile


def live(publisher: LivePublisher) -> Consumer:
    async def profile_updated(event: Event) -> None:
        profile = Profile.model_validate(event.data["profile"])
        message = LiveMessage(
            type="profile.updated", id=event.id, data=profile.model_dump(mode="json"), created_at=event.occurred_at
        )
        await publisher.send([profile.user_id], message)

    return Consumer(group="live", handlers={"profile.updated": profile_updated})

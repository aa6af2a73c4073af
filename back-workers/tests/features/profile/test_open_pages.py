"""A changed profile is shown in the open pages of its user at once."""

from typing import Any

from events.claims import Claims
from events.consumer import dispatch
from features.profile.consumer import live_consumer
from tests.fakes import FakePublisher, FakeService
from tests.samples import USER, event

from shared.models.notification import LiveMessage


async def test_a_changed_profile_reaches_the_tabs_of_its_user() -> None:
    profile = {
        "id": "p",
        "user_id": USER,
        "name": "Ann",
        "version": 2,
        "created_at": "2026-11-23T10:00:00Z",
        "updated_at": "2026-11-23T10:00:01Z",
    }
    publisher: Any = FakePublisher()
    claims = Claims(FakeService("back-postgres"), 60)
    await dispatch(live_consumer(publisher), event("profile.updated", {"profile": profile}), claims)
    ((user_id, message),) = publisher.published
    assert isinstance(message, LiveMessage)
    assert (user_id, message.type, message.data["name"]) == (USER, "profile.updated", "Ann")

"""The welcome, read, unread again and deleted."""

from tests.integration.happenings.actors import Actors, causes
from tests.waiting import eventually


@causes("notification.created", "notification.read", "notification.unread", "notification.deleted")
def use_notifications(actors: Actors) -> None:
    eventually(lambda: actors.own, "the welcome, live")
    path = f"/api/notifications/{actors.own[0]['id']}"
    actors.ask("POST", f"{path}/read")
    actors.ask("POST", f"{path}/unread")
    actors.ask("DELETE", path)

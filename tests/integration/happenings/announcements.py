"""An announcement to a few."""

from uuid import uuid4

from tests.integration.happenings.actors import Actors, causes


@causes("announcement.created")
def announce(actors: Actors) -> None:
    announcement = {"title": f"News {uuid4().hex}", "body": "Nothing to do.", "audience": {"roles": ["support"]}}
    key = {"Idempotency-Key": uuid4().hex}
    actors.ask("POST", "/api/announcements", by=actors.admin, json=announcement, headers=key)

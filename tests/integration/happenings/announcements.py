"""An announcement to a few."""

from uuid import uuid4

from tests.integration.happenings.stage import Stage, causes


@causes("announcement.created")
def announce(stage: Stage) -> None:
    wanted = {"title": f"News {uuid4().hex}", "body": "Nothing to do.", "audience": {"roles": ["support"]}}
    key = {"Idempotency-Key": uuid4().hex}
    stage.ask("POST", "/api/announcements", by=stage.admin, json=wanted, headers=key)

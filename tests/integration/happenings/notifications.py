"""The welcome, read and deleted."""

from tests.integration.happenings.stage import Stage, causes
from tests.waiting import eventually


@causes("notification.created", "notification.read", "notification.deleted")
def use_notifications(stage: Stage) -> None:
    eventually(lambda: stage.own, "the welcome, live")
    path = f"/api/notifications/{stage.own[0]['id']}"
    stage.ask("POST", f"{path}/read")
    stage.ask("DELETE", path)

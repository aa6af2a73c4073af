"""The welcome that follows each registration, which can be deleted once."""

from tests.properties.situations.visitor import Fitting, Visitor, excuse, situation
from tests.waiting import eventually

_deleted: set[str] = set()  # addresses of people whose welcome is gone
DELETIONS = (
    "DELETE /api/notifications/{notification_id}",
    "DELETE /internal/notifications/{user_id}/{notification_id}",
)
excuse("each is there to be deleted once; tests/e2e/notifications.test.ts does it", *DELETIONS)


@situation(
    "POST /api/notifications/{notification_id}/read",
    "POST /api/notifications/{notification_id}/unread",
    "GET /internal/notifications/{user_id}",
    "GET /internal/notifications/{user_id}/unread-count",
    "POST /internal/notifications/{user_id}/read-all",
    "POST /internal/notifications/{user_id}/{notification_id}/read",
    "POST /internal/notifications/{user_id}/{notification_id}/unread",
)
def notification(visitor: Visitor) -> Fitting:
    items = eventually(lambda: visitor.ask("GET", "/api/notifications")["items"], "the first notification")
    return Fitting(path={"user_id": visitor.user_id(), "notification_id": items[0]["id"]})


@situation(*DELETIONS)
def one_to_delete(visitor: Visitor) -> Fitting:
    if visitor.person.email in _deleted:
        return Fitting(path={"user_id": visitor.user_id()})
    _deleted.add(visitor.person.email)
    return notification(visitor)

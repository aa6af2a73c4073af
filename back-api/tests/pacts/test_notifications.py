"""What notifications ask of back-cassandra."""

from datetime import UTC, datetime

import pytest
from features.notifications.domain import NotificationNotFound
from features.notifications.infrastructure import BackCassandraNotifications as Notifications

from shared.models.base import Page
from shared.models.notification import Notification, UnreadCount
from tests.pacts.consumer import Answer, Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER

pytestmark = pytest.mark.pact
WELCOME = Notification(
    id=OTHER,
    user_id=USER,
    kind="welcome",
    title="Welcome",
    body="Hello",
    link="/app",
    created_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
)
NEWEST = Page[Notification](items=[WELCOME], next_cursor="next")
TWO = "a person with two notifications"
HAS = "a person with a notification"
HAS_NOT = "a person"
PATH = "/internal/notifications/{user_id}"
ONE = Ask("DELETE", f"{PATH}/{{notification_id}}")
READ = Ask("POST", f"{PATH}/{{notification_id}}/read")
UNREAD = Ask("POST", f"{PATH}/{{notification_id}}/unread")

INTERACTIONS = [
    Interaction(
        "notifications",
        TWO,
        Ask("GET", PATH, query={"limit": "1"}),
        ok(NEWEST),
        lambda c: Notifications(c).list_notifications(USER, limit=1, cursor=None, unread=False, kind=None),
        NEWEST,
    ),
    Interaction(
        "unread notifications",
        TWO,
        Ask("GET", PATH, query={"limit": "1", "unread": "true"}),
        ok(NEWEST),
        lambda c: Notifications(c).list_notifications(USER, limit=1, cursor=None, unread=True, kind=None),
        NEWEST,
    ),
    Interaction(
        "notifications of a kind",
        TWO,
        Ask("GET", PATH, query={"limit": "1", "kind": "welcome"}),
        ok(NEWEST),
        lambda c: Notifications(c).list_notifications(USER, limit=1, cursor=None, unread=False, kind="welcome"),
        NEWEST,
    ),
    Interaction("deleting one", HAS, ONE, Answer(204), lambda c: Notifications(c).delete(USER, OTHER)),
    Interaction(
        "deleting none",
        HAS_NOT,
        ONE,
        refusal(404),
        lambda c: Notifications(c).delete(USER, OTHER),
        NotificationNotFound,
    ),
    Interaction(
        "how many are unread",
        HAS,
        Ask("GET", f"{PATH}/unread-count"),
        ok(UnreadCount(count=1)),
        lambda c: Notifications(c).unread_count(USER),
        UnreadCount(count=1),
    ),
    Interaction("reading one", HAS, READ, Answer(204), lambda c: Notifications(c).mark_read(USER, OTHER)),
    Interaction(
        "reading none",
        HAS_NOT,
        READ,
        refusal(404),
        lambda c: Notifications(c).mark_read(USER, OTHER),
        NotificationNotFound,
    ),
    Interaction("unreading one", HAS, UNREAD, Answer(204), lambda c: Notifications(c).mark_unread(USER, OTHER)),
    Interaction(
        "unreading none",
        HAS_NOT,
        UNREAD,
        refusal(404),
        lambda c: Notifications(c).mark_unread(USER, OTHER),
        NotificationNotFound,
    ),
    Interaction(
        "reading all", HAS, Ask("POST", f"{PATH}/read-all"), Answer(204), lambda c: Notifications(c).mark_all_read(USER)
    ),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_notifications_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-cassandra")

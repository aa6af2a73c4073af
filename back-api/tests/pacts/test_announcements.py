"""What announcements ask of back-postgres."""

from datetime import UTC, datetime

import pytest
from features.announcements.domain import AnnouncementNotFound
from features.announcements.infrastructure import BackPostgresAnnouncements as Announcements

from shared.models.announcement import (
    Announcement,
    AnnouncementStart,
    Audience,
    AudienceSize,
    TargetAudience,
    TargetAudienceQuestion,
)
from shared.models.base import Page
from shared.utils.errors import Conflict
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER

pytestmark = pytest.mark.pact
MADE = Announcement(
    id=OTHER,
    title="New plans",
    body="For teams.",
    link="/app/billing",
    audience=Audience(roles=["user"]),
    state="pending",
    recipients=1,
    created_by=USER,
    created_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
)
NEWEST = Page[Announcement](items=[MADE], next_cursor="next")
USERS = TargetAudience(roles=["user"], without_subscription=True)
USERS_SENT = {"roles": ["user"], "without_subscription": True}
START = AnnouncementStart(
    title="New plans",
    body="For teams.",
    link="/app/billing",
    audience=USERS,
    created_by=USER,
    idempotency_key="key-1",
)
OTHERWISE = START.model_copy(update={"title": "Other"})
SENT = {
    "title": "New plans",
    "body": "For teams.",
    "link": "/app/billing",
    "audience": USERS_SENT,
    "created_by": "{user_id}",
    "idempotency_key": "key-1",
}
HOME = "/internal/announcements"
ONE = Ask("GET", f"{HOME}/{{announcement_id}}")
LIST = Ask("GET", HOME, query={"limit": "1"})
SIZE = Ask("POST", f"{HOME}/audience", json={"audience": USERS_SENT})
SOME = AudienceSize(recipients=1)
QUESTION = TargetAudienceQuestion(audience=USERS)
ADMIN = "an administrator"
HAS = "an announcement"
NOTHING = "nothing"

INTERACTIONS = [
    Interaction(
        "announcing", ADMIN, Ask("POST", HOME, json=SENT), ok(MADE, 201), lambda c: Announcements(c).create(START), MADE
    ),
    Interaction(
        "announcing something else under the same key",
        HAS,
        Ask("POST", HOME, json=SENT | {"title": "Other"}),
        refusal(409),
        lambda c: Announcements(c).create(OTHERWISE),
        Conflict,
    ),
    Interaction("an announcement", HAS, ONE, ok(MADE), lambda c: Announcements(c).get(OTHER), MADE),
    Interaction(
        "no announcement", NOTHING, ONE, refusal(404), lambda c: Announcements(c).get(OTHER), AnnouncementNotFound
    ),
    Interaction(
        "announcements",
        "two announcements",
        LIST,
        ok(NEWEST),
        lambda c: Announcements(c).list_announcements(limit=1, cursor=None),
        NEWEST,
    ),
    Interaction("how many would get it", HAS, SIZE, ok(SOME), lambda c: Announcements(c).size(QUESTION), SOME),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_announcements_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

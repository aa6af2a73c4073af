"""What the profile asks of back-postgres."""

from datetime import UTC, datetime

import pytest
from features.profile.domain import ProfileExists, ProfileNotFound
from features.profile.infrastructure import BackPostgresProfiles as Profiles

from shared.models.profile import Profile, ProfileChange, ProfileCreate, ProfileUpdate
from shared.utils.errors import NotFound, Stale
from tests.pacts.consumer import Answer, Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER, WEBP

pytestmark = pytest.mark.pact
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROFILE = Profile(
    id=OTHER, user_id=USER, name="Ann", display_name="A.", bio="Hi", version=1, created_at=NOON, updated_at=NOON
)
WITH_PICTURE = PROFILE.model_copy(update={"avatar_url": f"/api/avatars/{OTHER}", "version": 2})
CHANGED_PROFILE = PROFILE.model_copy(update={"display_name": None, "version": 2})
NEW = ProfileCreate(name="Ann", display_name="A.", bio="Hi")
CHANGE = ProfileChange(changes=ProfileUpdate(bio="New", display_name=None), version=1)
PATH = "/internal/profiles/{user_id}"
AVATAR = "/internal/profiles/{user_id}/avatar"
HAS = "a person with a profile"
HAS_NOT = "a person"
CHANGED = "a person with a profile that changed meanwhile"
CREATE = Ask("POST", PATH, json={"name": "Ann", "display_name": "A.", "bio": "Hi"})
PATCH = Ask("PATCH", PATH, json={"changes": {"bio": "New", "display_name": None}, "version": 1})
DELETE = Ask("DELETE", PATH, query={"version": "1"})
DROP = Ask("DELETE", AVATAR, query={"version": "2"})
PUT = Ask("PUT", AVATAR, query={"version": "1"}, content=WEBP, content_type="image/webp")
READ_PICTURE = Ask("GET", "/internal/avatars/{avatar_id}")
PICTURE = Answer(200, WEBP, "image/webp")
STALE = refusal(412, current=PROFILE)

INTERACTIONS = [
    Interaction("reading a profile", HAS, Ask("GET", PATH), ok(PROFILE), lambda c: Profiles(c).get(USER), PROFILE),
    Interaction(
        "no profile", HAS_NOT, Ask("GET", PATH), refusal(404), lambda c: Profiles(c).get(USER), ProfileNotFound
    ),
    Interaction(
        "creating a profile", HAS_NOT, CREATE, ok(PROFILE, 201), lambda c: Profiles(c).create(USER, NEW), PROFILE
    ),
    Interaction("a second profile", HAS, CREATE, refusal(409), lambda c: Profiles(c).create(USER, NEW), ProfileExists),
    Interaction(
        "changing a profile",
        HAS,
        PATCH,
        ok(CHANGED_PROFILE),
        lambda c: Profiles(c).change(USER, CHANGE),
        CHANGED_PROFILE,
    ),
    Interaction("a stale change", CHANGED, PATCH, STALE, lambda c: Profiles(c).change(USER, CHANGE), Stale),
    Interaction(
        "changing nothing", HAS_NOT, PATCH, refusal(404), lambda c: Profiles(c).change(USER, CHANGE), ProfileNotFound
    ),
    Interaction("deleting a profile", HAS, DELETE, Answer(204), lambda c: Profiles(c).delete(USER, 1)),
    Interaction("a stale deletion", CHANGED, DELETE, STALE, lambda c: Profiles(c).delete(USER, 1), Stale),
    Interaction("a picture", HAS, PUT, ok(WITH_PICTURE), lambda c: Profiles(c).set_avatar(USER, WEBP, 1), WITH_PICTURE),
    Interaction("a stale picture", CHANGED, PUT, STALE, lambda c: Profiles(c).set_avatar(USER, WEBP, 1), Stale),
    Interaction(
        "removing a picture",
        "a person with a picture",
        DROP,
        ok(PROFILE),
        lambda c: Profiles(c).remove_avatar(USER, 2),
        PROFILE,
    ),
    Interaction(
        "reading a picture", "a person with a picture", READ_PICTURE, PICTURE, lambda c: Profiles(c).avatar(OTHER), WEBP
    ),
    Interaction("no picture", "nothing", READ_PICTURE, refusal(404), lambda c: Profiles(c).avatar(OTHER), NotFound),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_the_profile_gets_what_it_needs(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

"""A user's profile: one per account (guide, pattern 1)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.models.base import Entity, Lines, Name, Request, Timestamp
from shared.models.events import EventData, all_but, below
from shared.utils.texts import LANGUAGE_TAG
from shared.utils.time_zones import NAMES

Theme = Literal["system", "light", "dark"]


def _known_time_zone(name: str) -> str:
    if name not in NAMES:
        raise ValueError("must be a time zone such as Europe/Berlin")
    return name


Bio = Annotated[Lines, Field(max_length=1000)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_known_time_zone)]
Locale = Annotated[str, StringConstraints(pattern=LANGUAGE_TAG, max_length=16)]


class ProfileCreate(Request):
    """`POST /api/profile`."""

    name: Name
    display_name: Name | None = None
    bio: Bio = ""
    time_zone: TimeZone = "UTC"
    locale: Locale = "en"
    theme: Theme = "system"


class ProfileUpdate(Request):
    """`PATCH /api/profile`: only the fields that are sent change (RFC 7396); `display_name: null` clears it."""

    name: Name | None = None
    display_name: Name | None = None
    bio: Bio | None = None
    time_zone: TimeZone | None = None
    locale: Locale | None = None
    theme: Theme | None = None

    def changes(self) -> dict[str, str | None]:
        """Only the fields that the caller sent."""
        return self.model_dump(exclude_unset=True)


class ProfileChange(Request):
    """back-api → back-postgres: the changes and the version that they apply to."""

    changes: ProfileUpdate
    version: int


class Profile(Entity):
    """`version` increases by one with each change and is the ETag."""

    id: str
    user_id: str
    name: str
    display_name: str | None = None
    bio: str = ""
    avatar_url: str | None = None
    time_zone: str = "UTC"
    locale: str = "en"
    theme: Theme = "system"
    version: int
    created_at: Timestamp
    updated_at: Timestamp


LIVE_MESSAGES = {"profile.updated": Profile}
_SHOWN = "id user_id time_zone locale theme version created_at updated_at"


class ProfileEvent(
    EventData, shown=below("profile", _SHOWN), hidden=below("profile", all_but(_SHOWN, Profile.model_fields))
):
    """The profile after the change, or as it was when it was deleted."""

    profile: Profile


class ProfileCreated(ProfileEvent, event="profile.created"):
    pass


class ProfileUpdated(ProfileEvent, event="profile.updated"):
    pass


class ProfileDeleted(ProfileEvent, event="profile.deleted"):
    pass

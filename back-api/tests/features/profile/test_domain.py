import pytest
from features.profile.domain import AVATAR_BYTES, ProfileDomain, ProfileExists, ProfileNotFound

from shared.models.profile import Profile, ProfileChange, ProfileCreate, ProfileUpdate
from shared.utils.errors import Invalid, PayloadTooLarge, Stale

NOON = "2026-11-23T12:00:00Z"


class ProfilesInMemory:
    """`ProfileStore`; `meanwhile` counts down writes of somebody else that come between read and change."""

    def __init__(self) -> None:
        self.rows: dict[str, Profile] = {}
        self.meanwhile = 0

    async def create(self, user_id: str, profile: ProfileCreate) -> Profile:
        if user_id in self.rows:
            raise ProfileExists
        fields = profile.model_dump() | {"id": "p1", "user_id": user_id, "created_at": NOON, "updated_at": NOON}
        self.rows[user_id] = Profile.model_validate(fields | {"version": 1})
        return self.rows[user_id]

    async def get(self, user_id: str) -> Profile:
        if user_id not in self.rows:
            raise ProfileNotFound
        return self.rows[user_id]

    async def change(self, user_id: str, change: ProfileChange) -> Profile:
        return await self._write(user_id, change.version, change.changes.changes())

    async def delete(self, user_id: str, version: int) -> None:
        await self._write(user_id, version, {})
        del self.rows[user_id]

    async def set_avatar(self, user_id: str, image: bytes, version: int) -> Profile:
        return await self._write(user_id, version, {"avatar_url": image.decode()})

    async def remove_avatar(self, user_id: str, version: int) -> Profile:
        return await self._write(user_id, version, {"avatar_url": None})

    async def avatar(self, avatar_id: str) -> bytes:
        return avatar_id.encode()

    async def _write(self, user_id: str, version: int, changes: dict[str, str | None]) -> Profile:
        current = await self.get(user_id)
        if self.meanwhile:
            self.meanwhile -= 1
            current = self.rows[user_id] = current.model_copy(update={"version": current.version + 1})
        if current.version != version:
            raise Stale(current=current.model_dump(mode="json"))
        self.rows[user_id] = current.model_copy(update={**changes, "version": version + 1})
        return self.rows[user_id]


class UpperCase:
    async def avatar_of(self, content: bytes, *, owner: str) -> bytes:
        return content.upper()


@pytest.fixture
def store() -> ProfilesInMemory:
    return ProfilesInMemory()


@pytest.fixture
def domain(store: ProfilesInMemory) -> ProfileDomain:
    return ProfileDomain(store, UpperCase())


async def test_a_user_creates_one_profile_only(domain: ProfileDomain) -> None:
    created = await domain.create("ann", ProfileCreate(name="Ann"))
    assert (created.name, created.version) == ("Ann", 1)
    with pytest.raises(ProfileExists):
        await domain.create("ann", ProfileCreate(name="Ann again"))


async def test_only_what_is_sent_changes(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann", display_name="A", bio="Hello"))
    changed = await domain.change("ann", ProfileUpdate(display_name=None), None)
    assert (changed.name, changed.display_name, changed.bio, changed.version) == ("Ann", None, "Hello", 2)


async def test_only_the_display_name_can_be_cleared(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    with pytest.raises(Invalid) as refused:
        await domain.change("ann", ProfileUpdate(name=None, bio=None, display_name=None), None)
    assert [error.field for error in refused.value.errors] == ["name", "bio"]


async def test_a_change_on_an_older_version_is_stale_and_shows_the_current_one(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    await domain.change("ann", ProfileUpdate(name="Anna"), frozenset({1}))
    with pytest.raises(Stale) as stale:
        await domain.change("ann", ProfileUpdate(name="Annie"), frozenset({1}))
    assert stale.value.current is not None
    assert (stale.value.current["name"], stale.value.current["version"]) == ("Anna", 2)


@pytest.mark.parametrize("expected", [frozenset[int](), frozenset({7, 8})])
async def test_a_version_that_never_was_is_stale(domain: ProfileDomain, expected: frozenset[int]) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    with pytest.raises(Stale):
        await domain.change("ann", ProfileUpdate(name="Annie"), expected)


async def test_an_empty_change_keeps_the_version_but_still_checks_it(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    assert (await domain.change("ann", ProfileUpdate(), None)).version == 1
    with pytest.raises(Stale):
        await domain.change("ann", ProfileUpdate(), frozenset({2}))


async def test_without_a_version_a_faster_writer_only_causes_another_attempt(
    domain: ProfileDomain, store: ProfilesInMemory
) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    store.meanwhile = 2
    assert (await domain.change("ann", ProfileUpdate(name="Anna"), None)).version == 4


async def test_a_picture_is_stored_as_it_was_encoded(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    assert (await domain.set_avatar("ann", b"picture", None)).avatar_url == "PICTURE"
    assert (await domain.remove_avatar("ann", frozenset({2}))).avatar_url is None


async def test_a_picture_above_two_mebibytes_is_too_large(domain: ProfileDomain) -> None:
    with pytest.raises(PayloadTooLarge):
        await domain.set_avatar("ann", bytes(AVATAR_BYTES + 1), None)


async def test_a_deleted_profile_can_be_made_again(domain: ProfileDomain) -> None:
    await domain.create("ann", ProfileCreate(name="Ann"))
    await domain.delete("ann", None)
    with pytest.raises(ProfileNotFound):
        await domain.get("ann")
    assert (await domain.create("ann", ProfileCreate(name="Ann"))).version == 1

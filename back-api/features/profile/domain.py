"""The rules of a profile: one a user, changed on the version that its owner saw."""

from typing import Protocol

from optimistic_lock import Expected, require_version, update_at_version
from partial_update import clearable, refuse_null

from shared.models.profile import Profile, ProfileChange, ProfileCreate, ProfileUpdate
from shared.utils.errors import Conflict, NotFound, PayloadTooLarge

AVATAR_BYTES = 2 * 1024 * 1024
CLEARABLE = clearable(ProfileCreate)


class ProfileNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no profile yet. Create one first.")


class ProfileExists(Conflict):
    def __init__(self) -> None:
        super().__init__("You already have a profile. Change that one.")


class ProfileStore(Protocol):
    """back-postgres. Every method raises ProfileNotFound when there is none; those with `version` raise Stale with the current one."""

    async def create(self, user_id: str, profile: ProfileCreate) -> Profile:
        """Raises ProfileExists."""
        ...

    async def get(self, user_id: str) -> Profile: ...
    async def change(self, user_id: str, change: ProfileChange) -> Profile: ...
    async def delete(self, user_id: str, version: int) -> None: ...
    async def set_avatar(self, user_id: str, image: bytes, version: int) -> Profile: ...
    async def remove_avatar(self, user_id: str, version: int) -> Profile: ...
    async def avatar(self, avatar_id: str) -> bytes: ...


class Pictures(Protocol):
    async def avatar_of(self, content: bytes, *, owner: str) -> bytes:
        """`content` (PNG, JPEG, WebP or GIF) as a 256×256 WebP without metadata.

        Raises:
            Invalid: it is no such picture, or costs more than a picture may.
            TooManyRequests: one of `owner` is being read already.
            Unavailable: too many are being read.
        """
        ...


class ProfileDomain:
    def __init__(self, store: ProfileStore, pictures: Pictures) -> None:
        self._store = store
        self._pictures = pictures

    async def create(self, user_id: str, profile: ProfileCreate) -> Profile:
        return await self._store.create(user_id, profile)

    async def get(self, user_id: str) -> Profile:
        return await self._store.get(user_id)

    async def change(self, user_id: str, update: ProfileUpdate, expected: Expected) -> Profile:
        """Applies the fields that were sent; none leaves it as it is. Raises Invalid, ProfileNotFound, Stale."""
        changes = update.changes()
        refuse_null(changes, CLEARABLE)
        if not changes:
            return await self._unchanged(user_id, expected)

        async def change(version: int) -> Profile:
            return await self._store.change(user_id, ProfileChange(changes=update, version=version))

        return await update_at_version(expected, lambda: self.get(user_id), change)

    async def _unchanged(self, user_id: str, expected: Expected) -> Profile:
        current = await self.get(user_id)
        require_version(expected, current)
        return current

    async def delete(self, user_id: str, expected: Expected) -> None:
        await update_at_version(
            expected, lambda: self.get(user_id), lambda version: self._store.delete(user_id, version)
        )

    async def set_avatar(self, user_id: str, content: bytes, expected: Expected) -> Profile:
        """Raises PayloadTooLarge, Invalid, TooManyRequests, Unavailable, ProfileNotFound, Stale."""
        if len(content) > AVATAR_BYTES:
            raise PayloadTooLarge("Picture must be 2 MB or smaller.")
        image = await self._pictures.avatar_of(content, owner=user_id)

        async def change(version: int) -> Profile:
            return await self._store.set_avatar(user_id, image, version)

        return await update_at_version(expected, lambda: self.get(user_id), change)

    async def remove_avatar(self, user_id: str, expected: Expected) -> Profile:
        return await update_at_version(
            expected, lambda: self.get(user_id), lambda version: self._store.remove_avatar(user_id, version)
        )

    async def avatar(self, avatar_id: str) -> bytes:
        """The WebP of an avatar; public, and never another one under the same id."""
        return await self._store.avatar(avatar_id)

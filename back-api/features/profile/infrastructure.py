"""The profile's adapters: back-postgres over HTTP, and the decoder of pictures."""

from functools import partial

from shared.chassis.client import ServiceClient
from shared.models.profile import Profile, ProfileChange, ProfileCreate
from shared.utils.errors import peer_errors_as

from .domain import ProfileExists, ProfileNotFound

_own_errors = partial(peer_errors_as, missing=ProfileNotFound, conflict=ProfileExists)


class BackPostgresProfiles:
    """`domain.ProfileStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def create(self, user_id: str, profile: ProfileCreate) -> Profile:
        with _own_errors():
            return await self._postgres.post(f"/internal/profiles/{user_id}", json=profile, model=Profile)

    async def get(self, user_id: str) -> Profile:
        with _own_errors():
            return await self._postgres.get(f"/internal/profiles/{user_id}", model=Profile)

    async def change(self, user_id: str, change: ProfileChange) -> Profile:
        with _own_errors():
            return await self._postgres.patch(f"/internal/profiles/{user_id}", json=change, model=Profile)

    async def delete(self, user_id: str, version: int) -> None:
        with _own_errors():
            await self._postgres.call("DELETE", f"/internal/profiles/{user_id}", params={"version": version})

    async def set_avatar(self, user_id: str, image: bytes, version: int) -> Profile:
        path = f"/internal/profiles/{user_id}/avatar"
        params = {"version": version}
        with _own_errors():
            body = await self._postgres.call("PUT", path, params=params, content=image, content_type="image/webp")
        return self._postgres.parse(Profile, body)

    async def remove_avatar(self, user_id: str, version: int) -> Profile:
        path = f"/internal/profiles/{user_id}/avatar"
        params = {"version": version}
        with _own_errors():
            return await self._postgres.delete(path, params=params, model=Profile)

    async def avatar(self, avatar_id: str) -> bytes:
        return await self._postgres.call("GET", f"/internal/avatars/{avatar_id}")

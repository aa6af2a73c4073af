"""The image of a profile. A new image gets a new id, so that an id always names the same bytes."""

from database import Database
from repositories import profile_repository
from shared.models.profile import Profile
from shared.utils.errors import NotFound
from shared.utils.ids import new_id

_POINT = f"""
    UPDATE profiles SET avatar_id = $3, version = version + 1, updated_at = now()
    WHERE user_id = $1 AND version = coalesce($2, version) RETURNING {profile_repository.COLUMNS}
"""
_STORE = """
    INSERT INTO avatars (id, profile_id, content) VALUES ($1, $2, $3)
    ON CONFLICT (profile_id) DO UPDATE SET id = EXCLUDED.id, content = EXCLUDED.content, created_at = now()
"""


async def get_avatar(db: Database, *, avatar_id: str) -> bytes:
    """The image as WebP.

    Raises:
        NotFound: there is none with this id (any more).
    """
    content = await db.fetch_value("SELECT content FROM avatars WHERE id = $1", avatar_id)
    if content is None:
        raise NotFound("There is no such image.")
    return bytes(content)


async def replace_avatar(db: Database, *, user_id: str, content: bytes, version: int | None = None) -> Profile:
    """Replaces the image by `content` (WebP) and returns the changed profile.

    Raises:
        Stale: the profile has another version by now.
        NotFound: the user has no profile.
        Invalid: `content` is empty or above 1 MiB.
    """
    avatar_id = new_id()
    async with db.transaction() as connection:
        row = await connection.fetchrow(_POINT, user_id, version, avatar_id)
        if not row:
            await profile_repository.raise_stale_or_missing(connection, user_id)
        await connection.execute(_STORE, avatar_id, row["id"], content)
        return await profile_repository.emit(connection, "profile.updated", row)


async def delete_avatar(db: Database, *, user_id: str, version: int | None = None) -> Profile:
    """
    Raises:
        Stale, NotFound: as with `replace_avatar`.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_POINT, user_id, version, None)
        if not row:
            await profile_repository.raise_stale_or_missing(connection, user_id)
        await connection.execute("DELETE FROM avatars WHERE profile_id = $1", row["id"])
        return await profile_repository.emit(connection, "profile.updated", row)

"""Accounts: read one, several, a page, or a search by e-mail and name."""

import re
from collections.abc import Sequence

from connection import Row
from database import Database
from repositories import paging
from shared.models.base import Page
from shared.models.user import User
from shared.security.permissions import ROLE_PERMISSIONS
from shared.utils.errors import NotFound
from shared.utils.ids import is_id

COLUMNS = "id, email, name, role, status, email_verified_at, created_at"
_LIKE_SPECIAL = re.compile(r"([\\%_])")
_GET = f"SELECT {COLUMNS} FROM users WHERE id = $1"
_BATCH = f"SELECT {COLUMNS} FROM users WHERE id = ANY($1::uuid[]) ORDER BY id"
_LIST = f"SELECT {COLUMNS} FROM users WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2"
_SEARCH = f"""
    SELECT {COLUMNS} FROM users
    WHERE search LIKE '%' || lower($3) || '%' AND ($1::uuid IS NULL OR id < $1)
    ORDER BY id DESC LIMIT $2
"""


def user_of(row: Row) -> User:
    """The account in a row that has `COLUMNS`; what it may do follows from its role."""
    return User.model_validate({**row, "permissions": list(ROLE_PERMISSIONS[row["role"]])})


async def get_user(db: Database, *, user_id: str) -> User:
    """
    Raises:
        NotFound: there is no such account.
    """
    if row := await db.one(_GET, user_id):
        return user_of(row)
    raise NotFound("There is no such user.")


async def get_users(db: Database, *, user_ids: Sequence[str]) -> list[User]:
    """Those of `user_ids` that exist, by id."""
    return [user_of(row) for row in await db.all(_BATCH, [user_id for user_id in user_ids if is_id(user_id)])]


async def list_users(db: Database, *, limit: int, cursor: str | None = None, q: str = "") -> Page[User]:
    """Newest first; with `q` only those whose e-mail or name contains it, case ignored.

    Raises:
        Invalid: `cursor` is not one of this list.
    """
    before = paging.before(cursor)
    if q:
        rows = await db.all(_SEARCH, before, limit + 1, _LIKE_SPECIAL.sub(r"\\\1", q))
    else:
        rows = await db.all(_LIST, before, limit + 1)
    return paging.page_of(rows, limit, user_of)

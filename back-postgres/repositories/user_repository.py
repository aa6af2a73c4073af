"""Accounts: read one, several, a page, or a search by e-mail and name."""

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
_GET = f"SELECT {COLUMNS} FROM users WHERE id = $1"
_BATCH = f"SELECT {COLUMNS} FROM users WHERE id = ANY($1::uuid[]) ORDER BY id"
LIST = f"SELECT {COLUMNS} FROM users WHERE id < $1 ORDER BY id DESC LIMIT $2"
NEWEST = 1_000
"""Accounts that a search scans before it queries the index for all matches: a frequent text is found among them."""
SEARCH_NEWEST = f"""
    SELECT {COLUMNS} FROM (SELECT * FROM users WHERE id < $1 ORDER BY id DESC LIMIT {NEWEST}) AS newest
    WHERE strpos(search, lower($3)) > 0 ORDER BY id DESC LIMIT $2
"""
# Materialized, since a planner that hopes to meet a match soon would otherwise walk along the ids through the whole table.
SEARCH_ALL = f"""
    WITH found AS MATERIALIZED (
        SELECT {COLUMNS} FROM users
        WHERE search_grams(search) @> search_grams(lower($3)) AND strpos(search, lower($3)) > 0 AND id < $1
    )
    SELECT * FROM found ORDER BY id DESC LIMIT $2
"""


def user_of(row: Row) -> User:
    """The account in a row that has `COLUMNS`; its permissions follow from its role."""
    return User.model_validate({**row, "permissions": list(ROLE_PERMISSIONS[row["role"]])})


async def get_user(db: Database, *, user_id: str) -> User:
    """
    Raises:
        NotFound: there is no such account.
    """
    if row := await db.fetch_one(_GET, user_id):
        return user_of(row)
    raise NotFound("There is no such user.")


async def get_users(db: Database, *, user_ids: Sequence[str]) -> list[User]:
    """Those of `user_ids` that exist, by id."""
    return [user_of(row) for row in await db.fetch_all(_BATCH, [user_id for user_id in user_ids if is_id(user_id)])]


async def list_users(db: Database, *, limit: int, cursor: str | None = None, q: str = "") -> Page[User]:
    """Newest first; with `q` only those whose e-mail or name contains it, case ignored.

    Raises:
        Invalid: `cursor` is not one of this list.
    """
    page = paging.before(cursor), limit + 1
    if not q:
        return paging.page_of(await db.fetch_all(LIST, *page), limit, user_of)
    rows = await db.fetch_all(SEARCH_NEWEST, *page, q)
    if len(rows) <= limit:
        rows = await db.fetch_all(SEARCH_ALL, *page, q)
    return paging.page_of(rows, limit, user_of)

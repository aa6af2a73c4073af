"""Accounts: read one or several. `user_list` has the lists."""

from collections.abc import Sequence

from connection import Row
from database import Database
from shared.models.user import User
from shared.security.permissions import ROLE_PERMISSIONS
from shared.utils.errors import NotFound
from shared.utils.ids import is_id

COLUMNS = "id, email, name, role, status, email_verified_at, created_at"
_GET = f"SELECT {COLUMNS} FROM users WHERE id = $1"
_BATCH = f"SELECT {COLUMNS} FROM users WHERE id = ANY($1::uuid[]) ORDER BY id"


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

"""What a failure of PostgreSQL means to a caller."""

import asyncpg
import pytest

from database import Database, to_service_error
from shared.utils.errors import Conflict, Invalid, NotFound, ServiceError, Unavailable


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (ConnectionRefusedError(), Unavailable),
        (TimeoutError(), Unavailable),
        (asyncpg.CannotConnectNowError(), Unavailable),
        (asyncpg.AdminShutdownError(), Unavailable),
        (asyncpg.TooManyConnectionsError(), Unavailable),
        (asyncpg.DeadlockDetectedError(), Unavailable),
        (asyncpg.InterfaceError("connection is closed"), Unavailable),
        (asyncpg.InternalClientError("got result for unknown protocol state"), Unavailable),
        (asyncpg.UniqueViolationError(), Conflict),
        (asyncpg.ForeignKeyViolationError(), NotFound),
        (asyncpg.CheckViolationError(), Invalid),
        (asyncpg.NotNullViolationError(), Invalid),
        (asyncpg.CharacterNotInRepertoireError(), Invalid),
        (asyncpg.InvalidTextRepresentationError(), Invalid),
    ],
)
def test_each_failure_has_one_meaning(error: Exception, meaning: type[ServiceError]) -> None:
    assert type(to_service_error(error)) is meaning


@pytest.mark.parametrize(
    "defect", [asyncpg.PostgresSyntaxError(), asyncpg.UndefinedTableError(), asyncpg.InsufficientPrivilegeError()]
)
def test_a_defect_of_ours_stays_one(defect: Exception) -> None:
    assert to_service_error(defect) is None


async def test_before_it_is_open_everything_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="database"):
        await Database().ready()

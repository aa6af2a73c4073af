"""Background work that people wait for: its state, progress and result."""

from typing import Any

from connection import Connection
from database import Database
from shared.models.task import Task, TaskState
from shared.utils.errors import NotFound

_GET = "SELECT id, type, state, progress, result, error, created_by, created_at, updated_at FROM tasks WHERE id = $1"
_UPDATE = """
    UPDATE tasks SET state = $2, progress = greatest(progress, $3), result = $4, error = $5, updated_at = now() WHERE id = $1
"""


async def get_task(db: Database, *, task_id: str) -> Task:
    """
    Raises:
        NotFound: there is no such task.
    """
    if row := await db.fetch_one(_GET, task_id):
        return Task.model_validate(dict(row))
    raise NotFound("There is no such task.")


async def create_task(connection: Connection, *, kind: str, created_by: str | None) -> str:
    """Adds a pending task in the caller's transaction. Returns its id."""
    return await connection.fetchval(
        "INSERT INTO tasks (type, created_by) VALUES ($1, $2) RETURNING id", kind, created_by
    )


async def update_task(
    connection: Connection,
    *,
    task_id: str,
    state: TaskState,
    progress: float = 0.0,
    result: dict[str, Any] | None = None,
    error: str | None = None,
) -> None:
    """Stores the progress in the caller's transaction. Progress never decreases."""
    await connection.execute(_UPDATE, task_id, state, progress, result, error)

"""Background work that people wait for (guide, pattern 4)."""

from typing import Any, Literal

from pydantic import Field

from shared.models.base import Entity, Timestamp

TaskState = Literal["pending", "running", "succeeded", "failed"]


class Task(Entity):
    """`GET /api/tasks/{id}`; lives in PostgreSQL, not in Celery's result store."""

    id: str
    type: str
    state: TaskState
    progress: float = Field(ge=0, le=1)
    result: dict[str, Any] | None = None
    error: str | None = None
    created_by: str | None = None
    created_at: Timestamp
    updated_at: Timestamp


LIVE_MESSAGES = {"task.progress": Task}

"""Who may see a background task: its creator, and for billing runs those who may start one."""

from collections.abc import Collection
from typing import Protocol

from shared.models.task import Task
from shared.utils.errors import NotFound

BILLING_RUN = "billing:run"


class TaskNotFound(NotFound):
    """Also the answer for another user's task, so that nobody learns which ids exist."""

    def __init__(self) -> None:
        super().__init__("You have no such task.")


class TaskStore(Protocol):
    """back-postgres."""

    async def get(self, task_id: str) -> Task:
        """Raises TaskNotFound."""
        ...


class TasksDomain:
    def __init__(self, store: TaskStore) -> None:
        self._store = store

    async def get(self, task_id: str, *, user_id: str, role: str, permissions: Collection[str]) -> Task:
        """Raises TaskNotFound."""
        task = await self._store.get(task_id)
        if task.created_by != user_id and role != "admin" and BILLING_RUN not in permissions:
            raise TaskNotFound
        return task

"""Tasks' adapter: back-postgres over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.task import Task
from shared.utils.errors import peer_errors_as

from .domain import TaskNotFound


class BackPostgresTasks:
    """`domain.TaskStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, task_id: str) -> Task:
        with peer_errors_as(missing=TaskNotFound):
            return await self._postgres.get(f"/internal/tasks/{task_id}", model=Task)

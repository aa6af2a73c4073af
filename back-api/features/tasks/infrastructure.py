"""Tasks' adapter: back-postgres over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.task import Task
from shared.utils.errors import NotFound

from .domain import NoTask, TasksDomain


class BackPostgresTasks:
    """`domain.TaskStore`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def get(self, task_id: str) -> Task:
        try:
            return await self._postgres.get(f"/internal/tasks/{task_id}", model=Task)
        except NotFound:
            raise NoTask from None


async def _domain(request: Request) -> TasksDomain:
    return TasksDomain(BackPostgresTasks(resources_of(request).back_postgres))


Domain = Annotated[TasksDomain, Depends(_domain)]

"""Tasks."""

from fastapi import APIRouter

from dependencies import Db, PathId
from repositories import task_repository
from shared.models.task import Task

router = APIRouter(prefix="/internal/tasks")


@router.get("/{task_id}")
async def read(task_id: PathId, db: Db) -> Task:
    return await task_repository.get_task(db, task_id=task_id)

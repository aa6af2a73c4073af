"""`GET /api/tasks/{task_id}`, to be polled."""

from typing import Annotated

from dependencies import path_id
from fastapi import APIRouter, Depends, Response
from responses import json_response, with_unavailable_message

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.models.task import Task

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("The progress of your task is"), responses=problems(503))


@router.get("/api/tasks/{task_id}", response_model=Task, responses=problems(404), summary="State and progress")
async def read(user: CurrentUser, task_id: Annotated[str, Depends(path_id("task_id"))], domain: Domain) -> Response:
    return json_response(await domain.get(task_id, user_id=user.user_id, role=user.role, permissions=user.permissions))

"""Removes the data of a new development stack. In production there is nothing at this path."""

from typing import Annotated

from dependencies import resources_of
from fastapi import APIRouter, Depends, Request
from repositories import time_buckets
from repositories.demo_data_repository import DemoDataRepository

from shared.models.demo_data import DemoDataRemoval
from shared.utils.errors import NotFound


async def _in_development(request: Request) -> DemoDataRepository:
    resources = resources_of(request)
    if not resources.settings.development:
        raise NotFound("There is nothing here.")
    return DemoDataRepository(resources.database)


router = APIRouter(prefix="/internal/demo-data", tags=["demo-data"])


@router.post("/removals", status_code=204)
async def remove(body: DemoDataRemoval, repository: Annotated[DemoDataRepository, Depends(_in_development)]) -> None:
    users = [time_buckets.uuid(user, f"users.{at}") for at, user in enumerate(body.users)]
    await repository.remove(users, body.since)

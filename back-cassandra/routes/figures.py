"""`/internal/figures/activity`: what back-api shows administrators about the whole system."""

from typing import Annotated

from dependencies import resources_of
from fastapi import APIRouter, Depends, Request
from repositories.figures_repository import FiguresRepository

from shared.models.base import Day
from shared.models.figures import ActivityFigures

router = APIRouter(prefix="/internal/figures", tags=["figures"])


def _figures(request: Request) -> FiguresRepository:
    return FiguresRepository(resources_of(request).database)


@router.get("/activity")
async def activity(repository: Annotated[FiguresRepository, Depends(_figures)], since: Day) -> ActivityFigures:
    return await repository.read(since)

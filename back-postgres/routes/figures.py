"""`/internal/figures/accounts`: what back-api shows administrators about the whole system."""

from fastapi import APIRouter

from dependencies import Db
from repositories import figures_repository
from shared.models.base import Day
from shared.models.figures import AccountFigures

router = APIRouter(prefix="/internal/figures")


@router.get("/accounts")
async def accounts(db: Db, since: Day) -> AccountFigures:
    return await figures_repository.read(db, since=since)

"""The data of a new development stack. In production there is nothing at these paths."""

from fastapi import APIRouter, Depends, Request

from dependencies import Db, resources_of
from repositories import demo_data_repository
from shared.models.demo_data import DemoData, DemoDataState
from shared.utils.errors import NotFound


async def _in_development(request: Request) -> None:
    if not resources_of(request).settings.development:
        raise NotFound("There is nothing here.")


router = APIRouter(prefix="/internal/demo-data", dependencies=[Depends(_in_development)])


@router.get("")
async def state(db: Db) -> DemoDataState:
    return await demo_data_repository.state(db)


@router.post("", status_code=204)
async def store(body: DemoData, db: Db) -> None:
    await demo_data_repository.store(db, body)


@router.delete("", status_code=204)
async def remove(db: Db) -> None:
    await demo_data_repository.remove(db)

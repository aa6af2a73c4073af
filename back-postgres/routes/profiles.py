"""Profiles."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dependencies import Db, PathId, Version, parse_id, resources_of
from repositories import profile_repository
from shared.chassis.direct_route import DirectRoute
from shared.models.profile import Profile, ProfileChange, ProfileCreate

router = APIRouter(prefix="/internal/profiles")


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> Profile:
    return await profile_repository.get_profile(db, user_id=user_id)


async def _read_directly(request: Request) -> Response:
    """Straight from row to bytes; every page pays for it."""
    user_id = parse_id(request.path_params["user_id"])
    profile = await profile_repository.get_profile(resources_of(request).database, user_id=user_id)
    return Response(profile.__pydantic_serializer__.to_json(profile), media_type="application/json")


direct_routes = (DirectRoute("/internal/profiles/{user_id}", _read_directly),)


@router.post("/{user_id}", status_code=201)
async def create(user_id: PathId, body: ProfileCreate, db: Db) -> Profile:
    return await profile_repository.create_profile(db, user_id=user_id, profile=body)


@router.patch("/{user_id}")
async def update(user_id: PathId, body: ProfileChange, db: Db) -> Profile:
    return await profile_repository.update_profile(db, user_id=user_id, change=body)


@router.delete("/{user_id}", status_code=204)
async def delete(user_id: PathId, db: Db, version: Version = None) -> None:
    await profile_repository.delete_profile(db, user_id=user_id, version=version)

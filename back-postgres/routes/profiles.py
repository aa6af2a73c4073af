"""Profiles."""

from fastapi import APIRouter

from dependencies import Db, PathId, Version
from repositories import profile_repository
from shared.models.profile import Profile, ProfileChange, ProfileCreate

router = APIRouter(prefix="/internal/profiles")


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> Profile:
    return await profile_repository.get_profile(db, user_id=user_id)


@router.post("/{user_id}", status_code=201)
async def create(user_id: PathId, body: ProfileCreate, db: Db) -> Profile:
    return await profile_repository.create_profile(db, user_id=user_id, profile=body)


@router.patch("/{user_id}")
async def update(user_id: PathId, body: ProfileChange, db: Db) -> Profile:
    return await profile_repository.update_profile(db, user_id=user_id, change=body)


@router.delete("/{user_id}", status_code=204)
async def delete(user_id: PathId, db: Db, version: Version = None) -> None:
    await profile_repository.delete_profile(db, user_id=user_id, version=version)

"""Greetings."""

from dependencies import Db, PathId
from fastapi import APIRouter
from repositories import profile_repository

from shared.models.profile import Profile, ProfileCreate

router = APIRouter(prefix="/internal/greetings")


@router.post("/{user_id}", status_code=201)
async def create(user_id: PathId, body: ProfileCreate, db: Db) -> Profile:
    return await profile_repository.create_profile(db, user_id=user_id, profile=body)


@router.get("/{user_id}")
async def read(user_id: PathId, db: Db) -> Profile:
    return await profile_repository.get_profile(db, user_id=user_id)

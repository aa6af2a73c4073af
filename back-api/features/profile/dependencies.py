"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import ProfileDomain
from .infrastructure import BackPostgresProfiles
from .pictures import PictureDecoder

_pictures = PictureDecoder()


async def profile_domain(request: Request) -> ProfileDomain:
    """The domain over this application's back-postgres."""
    return ProfileDomain(BackPostgresProfiles(resources_of(request).back_postgres), _pictures)


Domain = Annotated[ProfileDomain, Depends(profile_domain)]

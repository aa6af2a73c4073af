"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import AnnouncementDomain
from .infrastructure import BackPostgresAnnouncements, CeleryDeliveries


async def _domain(request: Request) -> AnnouncementDomain:
    resources = resources_of(request)
    return AnnouncementDomain(BackPostgresAnnouncements(resources.back_postgres), CeleryDeliveries(resources.queue))


Domain = Annotated[AnnouncementDomain, Depends(_domain)]

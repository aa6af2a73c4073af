"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import NotificationPreferencesDomain
from .infrastructure import BackPostgresPreferences


async def _domain(request: Request) -> NotificationPreferencesDomain:
    return NotificationPreferencesDomain(BackPostgresPreferences(resources_of(request).back_postgres))


Domain = Annotated[NotificationPreferencesDomain, Depends(_domain)]

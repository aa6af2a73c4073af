"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import NotificationsDomain
from .infrastructure import BackCassandraNotifications, LiveTabs


async def _domain(request: Request) -> NotificationsDomain:
    resources = resources_of(request)
    return NotificationsDomain(BackCassandraNotifications(resources.back_cassandra), LiveTabs(resources.live))


Domain = Annotated[NotificationsDomain, Depends(_domain)]

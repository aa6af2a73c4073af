"""The adapters of service tokens: digests of the secrets, failures in this process's memory, boundaries.yaml.

Nothing here asks another service: services must be able to call each other whatever else is down.
"""

from functools import cache
from typing import Annotated

from fastapi import Depends, Request

from resources import resources_of
from shared.contracts import boundaries

from .domain import ServiceTokensDomain


@cache
def _calls() -> dict[str, list[str]]:
    return {name: service.calls for name, service in boundaries.load().services.items()}


async def _domain(request: Request) -> ServiceTokensDomain:
    resources = resources_of(request)
    return ServiceTokensDomain(resources.clients, resources.keys, resources.client_failures, _calls())


Domain = Annotated[ServiceTokensDomain, Depends(_domain)]

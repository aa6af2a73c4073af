"""Registration's adapter: back-auth over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from shared.chassis.client import ServiceClient
from shared.models.user import Registration, RegistrationAccepted

from .domain import RegistrationDomain


class BackAuthAccounts:
    def __init__(self, back_auth: ServiceClient) -> None:
        self._back_auth = back_auth

    async def open(self, registration: Registration) -> RegistrationAccepted:
        return await self._back_auth.post("/internal/accounts", json=registration, model=RegistrationAccepted)


async def _domain(request: Request) -> RegistrationDomain:
    return RegistrationDomain(BackAuthAccounts(resources_of(request).back_auth))


Domain = Annotated[RegistrationDomain, Depends(_domain)]

"""`POST /internal/accounts`, called by back-api."""

from fastapi import APIRouter

from dependencies import CallingAddress
from shared.chassis.openapi import problems
from shared.chassis.responses import FeatureRoute
from shared.models.user import Registration, RegistrationAccepted

from .dependencies import Domain

router = APIRouter(route_class=FeatureRoute, responses=problems(429, 503))


@router.post("/internal/accounts", status_code=202, summary="Open an account")
async def register(registration: Registration, address: CallingAddress, domain: Domain) -> RegistrationAccepted:
    return await domain.register(registration, address)

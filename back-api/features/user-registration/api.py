"""`POST /api/user-registration`."""

from fastapi import APIRouter
from responses import with_unavailable_message

from shared.chassis.openapi import problems
from shared.models.user import Registration, RegistrationAccepted

from .dependencies import Domain

router = APIRouter(route_class=with_unavailable_message("Registering is"), responses=problems(429, 503))


@router.post("/api/user-registration", status_code=202, summary="Register")
async def register(registration: Registration, domain: Domain) -> RegistrationAccepted:
    return await domain.register(registration)

"""`POST /api/auth/email/verification` and `POST /api/auth/email/verification/confirm`."""

from fastapi import APIRouter, Response

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import FeatureRoute
from shared.models.email_verification import EmailVerificationConfirm

from .dependencies import Domain

router = APIRouter(route_class=FeatureRoute, responses=problems(503))


@router.post(
    "/api/auth/email/verification",
    status_code=202,
    response_class=Response,
    responses=problems(429),
    summary="Send the link once more",
)
async def request_verification(user: CurrentUser, domain: Domain) -> Response:
    await domain.request(user.user_id)
    return Response(status_code=202)


@router.post("/api/auth/email/verification/confirm", status_code=204, summary="Prove the address")
async def confirm(body: EmailVerificationConfirm, domain: Domain) -> None:
    await domain.confirm(body.token)

"""`POST /ws/tickets`: a login for one connection, for clients that have no cookie and cannot send a header with it."""

from fastapi import APIRouter, Request
from resources import Resources

from back_redis.tickets import TICKET_SECONDS
from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.models.notification import SocketTicket

router = APIRouter(responses=problems(503))


@router.post("/ws/tickets", status_code=201, response_model=SocketTicket, summary="A ticket for one connection")
async def issue(request: Request, user: CurrentUser) -> SocketTicket:
    resources: Resources = request.state.resources
    claims = await resources.verifier.verify(user.token)  # remembered from a moment ago
    return SocketTicket(ticket=await resources.tickets.issue(claims), expires_in=TICKET_SECONDS)

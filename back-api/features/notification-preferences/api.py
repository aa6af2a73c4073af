"""`/api/notification-preferences`."""

from etags import NOT_MODIFIED, IfMatch, is_current
from fastapi import APIRouter, Request, Response

from shared.chassis.identity import CurrentUser
from shared.chassis.openapi import problems
from shared.chassis.responses import etag, json_response, with_unavailable_message
from shared.models.notification_preferences import NotificationPreferences, NotificationPreferencesUpdate

from .dependencies import Domain

PATH = "/api/notification-preferences"
router = APIRouter(
    route_class=with_unavailable_message("Your choices about notifications are"), responses=problems(503)
)


@router.get(
    PATH,
    response_model=NotificationPreferences,
    responses=NOT_MODIFIED,
    summary="Read; the defaults when nothing was chosen",
)
async def read(user: CurrentUser, domain: Domain, request: Request) -> Response:
    preferences = await domain.get(user.user_id)
    if is_current(request, tag := etag(preferences.version)):
        return Response(status_code=304, headers={"ETag": tag})
    return json_response(preferences)


@router.put(PATH, responses=problems(412), summary="Choose, kind by kind")
async def replace(
    choices: NotificationPreferencesUpdate, user: CurrentUser, domain: Domain, if_match: IfMatch
) -> NotificationPreferences:
    return await domain.put(user.user_id, choices, if_match)

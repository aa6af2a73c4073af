"""A choice for each kind of notification; mails that wait."""

from shared.models.notification_kinds import DEFAULTS
from tests.properties.situations.visitor import Fitting, Visitor, always, situation

always("POST /internal/pending-mails/claim", "body", lease_seconds=1)  # the workers wait for these mails so long


@situation("PUT /api/notification-preferences")
def choice(visitor: Visitor) -> Fitting:
    kinds = [{"kind": each.kind, "live": True, "mail": "at_once"} for each in DEFAULTS]
    body = {"kinds": kinds, "quiet_hours": {"from": "22:00", "to": "07:00"}}
    return Fitting(path={"user_id": visitor.user_id()}, body=body)


@situation("PUT /internal/notification-preferences/{user_id}")
def change(visitor: Visitor) -> Fitting:
    chosen = choice(visitor)
    version = visitor.ask("GET", "/api/notification-preferences")["version"]
    return Fitting(path=chosen.path, body={"preferences": chosen.body, "version": version})


@situation("POST /internal/pending-mails", "POST /internal/pending-mails/sent")
def nothing(_: Visitor) -> Fitting:
    return Fitting(body={"items": []})

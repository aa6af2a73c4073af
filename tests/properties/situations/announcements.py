"""Announcements that nobody hears of: the people of other tests need not."""

from tests.properties.situations.world import Fitting, World, always, excuse, situation

NOBODY = {"roles": ["billing-admin"], "plans": ["pro"], "verified": True}
always("POST /api/announcements", "body", audience=NOBODY)
always("POST /internal/announcements", "body", audience=NOBODY)
excuse(
    "the workers hold the lease of each announcement",
    "POST /internal/announcements/{announcement_id}/lease",
    "POST /internal/announcements/{announcement_id}/delivered",
    "POST /internal/announcements/{announcement_id}/finish",
)


@situation(
    "GET /api/announcements/{announcement_id}",
    "GET /internal/announcements/{announcement_id}",
    "GET /internal/announcements/{announcement_id}/recipients",
)
def announcement(world: World) -> Fitting:
    body = {"title": "A", "body": "B", "audience": NOBODY}
    made = world.ask("POST", "/api/announcements", world.admin, json=body, headers={"Idempotency-Key": "one"})
    return Fitting(path={"announcement_id": made["id"]})


@situation("POST /internal/announcements")
def start(world: World) -> Fitting:
    return Fitting(body={"title": "A", "body": "B", "created_by": world.user_id(), "idempotency_key": "one"})

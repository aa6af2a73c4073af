"""Announcements that nobody hears of: the people of other tests need not."""

from tests.properties.situations.visitor import Fitting, Visitor, always, excuse, situation

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
def announcement(visitor: Visitor) -> Fitting:
    body = {"title": "A", "body": "B", "audience": NOBODY}
    made = visitor.ask("POST", "/api/announcements", visitor.admin, json=body, headers={"Idempotency-Key": "one"})
    return Fitting(path={"announcement_id": made["id"]})


@situation("POST /internal/announcements")
def start(visitor: Visitor) -> Fitting:
    return Fitting(body={"title": "A", "body": "B", "created_by": visitor.user_id(), "idempotency_key": "one"})

"""A subscription that is paid for, changed and canceled."""

from datetime import UTC, datetime

from tests.integration.happenings.actors import Actors, causes
from tests.waiting import eventually


@causes(
    "subscription.created",
    "subscription.changed",
    "subscription.canceled",
    "billing_run.started",
    "invoice.issued",
    "task.progress",
)
def pay(actors: Actors) -> None:
    actors.ask("POST", "/api/subscription", json={"plan": "pro"})
    actors.ask("PATCH", "/api/subscription", json={"seats": 2})
    body = {"period": f"{datetime.now(UTC):%Y-%m}"}
    admin = actors.admin.headers

    def started() -> bool:
        return actors.api.post("/api/billing/runs", json=body, headers=admin).status_code == 202

    eventually(started, "a run is accepted")
    eventually(lambda: actors.ask("GET", "/api/invoices")["items"], "the invoice")
    actors.ask("DELETE", "/api/subscription")

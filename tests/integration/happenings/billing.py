"""A subscription that is paid for, changed and canceled."""

from datetime import UTC, datetime

from tests.integration.happenings.stage import Stage, causes
from tests.waiting import eventually


@causes(
    "subscription.created",
    "subscription.changed",
    "subscription.canceled",
    "billing_run.started",
    "invoice.issued",
    "task.progress",
)
def pay(stage: Stage) -> None:
    stage.ask("POST", "/api/subscription", json={"plan": "pro"})
    stage.ask("PATCH", "/api/subscription", json={"seats": 2})
    body = {"period": f"{datetime.now(UTC):%Y-%m}"}
    admin = stage.admin.headers

    def started() -> bool:
        return stage.api.post("/api/billing/runs", json=body, headers=admin).status_code == 202

    eventually(started, "a run is accepted")
    eventually(lambda: stage.ask("GET", "/api/invoices")["items"], "the invoice")
    stage.ask("DELETE", "/api/subscription")

"""kill -9 of back-api when its peer has committed and before the caller is answered: nothing is lost, nothing comes twice."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from stack import settings
from tests.integration.conftest import PASSWORD, Person, log_in, mails_to, until_mails_have_passed
from tests.resilience.conftest import Victim
from tests.resilience.wire import Wire
from tests.waiting import PATIENCE_SECONDS, eventually

PERIOD = f"{datetime.now(UTC):%Y-%m}"
Json = dict[str, Any]


def cut_off(victim: Victim, peer: str, path: str, call: str, body: Json, person: Person | None = None) -> None:
    """POSTs `body` to `call` of a back-api that dies once `peer` (`BACK_POSTGRES`) has answered its POST to `path`."""

    async def kill_in_between() -> None:
        address = f"http://127.0.0.1:{settings.load().ports[peer]}"
        async with Wire(address) as wire:
            sprung = wire.arm(f"POST {path} ".encode(), victim.kill, after=True)
            url = await asyncio.to_thread(victim.start, **{f"{peer}_URL": wire.url})
            async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client:
                with pytest.raises(httpx.TransportError):
                    await client.post(call, json=body, headers=person.headers if person else {})
            assert sprung.is_set()

    asyncio.run(kill_in_between())


def items(api: httpx.Client, path: str, person: Person) -> list[Json]:
    return api.get(path, headers=person.headers).raise_for_status().json()["items"]


def state(api: httpx.Client, path: str, person: Person) -> str:
    return api.get(path, headers=person.headers).raise_for_status().json()["state"]


def notified(api: httpx.Client, person: Person, kind: str) -> list[Json]:
    """The notifications of `kind` that `person` got."""
    return [item for item in items(api, "/api/notifications", person) if item["kind"] == kind]


def invoice_mails(mail: httpx.Client, person: Person) -> list[str]:
    return [subject for subject in mails_to(mail, person.email) if subject.startswith("Invoice")]


def test_a_registration_that_was_not_answered_is_there_with_one_mail(
    api: httpx.Client, mail: httpx.Client, victim: Victim
) -> None:
    email = f"{uuid4().hex}@example.com"
    body = {"email": email, "password": PASSWORD, "name": "Somebody"}
    cut_off(victim, "BACK_AUTH", "/internal/accounts", "/api/user-registration", body)
    person = Person(email, log_in(api, email, PASSWORD))
    eventually(lambda: notified(api, person, "welcome"), "the welcome")
    assert api.post("/api/user-registration", json=body).status_code == 202
    until_mails_have_passed(api, mail)
    assert sum("welcome" in subject.lower() for subject in mails_to(mail, email)) == 1
    assert len(notified(api, person, "welcome")) == 1


def test_a_subscription_that_was_not_answered_is_there_once(
    api: httpx.Client, verified: Person, victim: Victim
) -> None:
    person = verified
    user_id = api.get("/api/me", headers=person.headers).json()["user"]["id"]
    path = f"/internal/subscriptions/{user_id}"
    cut_off(victim, "BACK_POSTGRES", path, "/api/subscription", {"plan": "pro"}, person)
    again = api.post("/api/subscription", json={"plan": "pro"}, headers=person.headers)
    assert again.status_code == 409
    kept = api.get("/api/subscription", headers=person.headers).json()
    assert (kept["plan"], kept["state"], kept["version"]) == ("pro", "active", 1)


def test_a_billing_run_that_was_committed_but_not_announced_is_done_by_itself(
    api: httpx.Client, mail: httpx.Client, admin: Person, verified: Person, victim: Victim
) -> None:
    person = verified
    assert api.post("/api/subscription", json={"plan": "pro"}, headers=person.headers).status_code == 201
    cut_off(victim, "BACK_POSTGRES", "/internal/billing-runs", "/api/billing/runs", {"period": PERIOD}, admin)
    run = items(api, "/api/billing/runs?limit=1", admin)[0]
    assert (run["period"], run["state"]) == (PERIOD, "pending")
    path = f"/api/billing/runs/{run['id']}"
    eventually(lambda: state(api, path, admin) == "succeeded", "the run is done")
    again = api.post("/api/billing/runs", json={"period": PERIOD}, headers=admin.headers)
    task = f"/api/tasks/{again.json()['task_id']}"
    eventually(lambda: state(api, task, admin) == "succeeded", "the second run is done")
    eventually(lambda: notified(api, person, "invoice"), "the notification of the invoice")
    eventually(lambda: invoice_mails(mail, person), "the mail of the invoice")
    assert len(items(api, "/api/invoices", person)) == len(notified(api, person, "invoice")) == 1
    assert len(invoice_mails(mail, person)) == 1

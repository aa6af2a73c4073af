"""Two at the same moment: one account and one mail, one profile, one winner of two saves, one billing run."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx

from tests.integration.conftest import PASSWORD, Person, log_in, mails_to, until_mails_have_passed
from tests.waiting import eventually


def at_once(call: Callable[[], httpx.Response], times: int = 2) -> list[httpx.Response]:
    """The answers of `times` calls made together."""
    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(call) for _ in range(times)]]


def test_registering_twice_at_once_makes_one_account_and_one_mail(api: httpx.Client, mail: httpx.Client) -> None:
    email = f"{uuid4().hex}@example.com"
    answers = at_once(lambda: api.post("/api/user-registration", json={"email": email, "password": PASSWORD}))
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    log_in(api, email, PASSWORD)
    eventually(lambda: mails_to(mail, email), "the mail of the registration")
    until_mails_have_passed(api, mail)
    assert len(mails_to(mail, email)) == 1


def test_two_profiles_at_once_make_one(api: httpx.Client, person: Person) -> None:
    answers = at_once(lambda: api.post("/api/profile", json={"name": "Ada"}, headers=person.headers))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_the_second_of_two_saves_is_stale(api: httpx.Client, person: Person) -> None:
    etag = api.post("/api/profile", json={"name": "Ada"}, headers=person.headers).headers["ETag"]
    headers = person.headers | {"If-Match": etag}
    answers = at_once(lambda: api.patch("/api/profile", json={"bio": uuid4().hex}, headers=headers))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    saved, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert refused.json()["current"]["bio"] == saved.json()["bio"]


def test_two_billing_runs_of_a_period_at_once_make_one(api: httpx.Client, admin: Person) -> None:
    body = {"period": "2026-02"}
    answers = at_once(lambda: api.post("/api/billing/runs", json=body, headers=admin.headers), times=4)
    accepted = [answer for answer in answers if answer.status_code == 202]
    assert accepted
    assert all(answer.status_code in (202, 409) for answer in answers)
    for answer in accepted:
        task_id = answer.json()["task_id"]
        eventually(lambda task_id=task_id: _succeeded(api, admin, task_id), "the accepted run succeeds")


def _succeeded(api: httpx.Client, admin: Person, task_id: str) -> bool:
    return api.get(f"/api/tasks/{task_id}", headers=admin.headers).json()["state"] == "succeeded"

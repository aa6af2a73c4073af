"""An announcement reaches whom it is for, and by mail at once whoever has asked for that."""

from uuid import uuid4

import httpx

from tests.integration.conftest import Person, mails_to
from tests.waiting import eventually


def test_an_announcement_is_mailed_at_once_to_who_wants_that(
    api: httpx.Client, mail: httpx.Client, admin: Person, verified: Person
) -> None:
    person = verified
    api.post("/api/subscription", json={"plan": "pro"}, headers=person.headers).raise_for_status()
    want_mail_at_once(api, person)
    title = f"Maintenance {uuid4().hex}"
    announcement = {"title": title, "body": "From 22:00 to 23:00 UTC.", "audience": {"plans": ["pro"]}}
    key = {"Idempotency-Key": uuid4().hex}
    made = api.post("/api/announcements", json=announcement, headers=admin.headers | key)
    assert made.status_code == 202, made.text
    again = api.post("/api/announcements", json=announcement, headers=admin.headers | key)
    assert again.json()["id"] == made.json()["id"]
    eventually(lambda: title in titles(api, person), "the notification")
    eventually(lambda: mails_about(mail, person, title), "the mail, at the next look of beat")
    assert titles(api, person).count(title) == mails_about(mail, person, title) == 1


def want_mail_at_once(api: httpx.Client, person: Person) -> None:
    answer = api.get("/api/notification-preferences", headers=person.headers).raise_for_status()
    kinds = [each | {"mail": "at_once"} for each in answer.json()["kinds"]]
    change = {"kinds": kinds, "quiet_hours": None}
    headers = person.headers | {"If-Match": answer.headers["etag"]}
    api.put("/api/notification-preferences", json=change, headers=headers).raise_for_status()


def titles(api: httpx.Client, person: Person) -> list[str]:
    answer = api.get("/api/notifications", headers=person.headers).raise_for_status()
    return [item["title"] for item in answer.json()["items"]]


def mails_about(mail: httpx.Client, person: Person, title: str) -> int:
    return sum(title in subject for subject in mails_to(mail, person.email))

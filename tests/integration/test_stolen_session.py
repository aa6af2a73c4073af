"""A login that is used in two places ends, and its owner learns of it."""

import httpx

from tests.integration.conftest import PASSWORD, Person, mails_to
from tests.waiting import eventually

TITLE = "We ended one of your sessions"


def test_a_reused_refresh_token_ends_its_session_and_notifies_the_owner(
    api: httpx.Client, mail: httpx.Client, person: Person
) -> None:
    stolen = api.post("/api/auth/login", json={"email": person.email, "password": PASSWORD}).json()["refresh_token"]
    owned = stolen
    for _ in range(2):  # once would be two tabs at the same moment
        owned = _refresh(api, owned).json()["refresh_token"]

    assert _refresh(api, stolen).status_code == 401
    assert _refresh(api, owned).status_code == 401
    assert api.get("/api/me", headers=person.headers).status_code == 200  # another session of theirs
    eventually(lambda: _has_notification(api, person), "the notification")
    eventually(lambda: len(mails_to(mail, person.email)) > 1, "the mail, beside the welcome")


def _refresh(api: httpx.Client, token: str) -> httpx.Response:
    return api.post("/api/auth/refresh", json={"refresh_token": token})


def _has_notification(api: httpx.Client, person: Person) -> bool:
    items = api.get("/api/notifications", headers=person.headers).json()["items"]
    return any(item["title"] == TITLE for item in items)

"""What a browser's cookies open ends when they go, whichever of them is there."""

import os
from urllib.parse import urlsplit

import httpx
import pytest

from tests.integration.test_limits import administrator
from tests.waiting import eventually

OWNS = {"public": os.environ.get("E2E_PUBLIC_URL", ""), "admin": os.environ.get("E2E_ADMIN_URL", "")}
PREFIX = {"public": "dashboard", "admin": "admin"}


def log_in(front: str, cookies: dict[str, str] | None = None) -> dict[str, str]:
    """The administrator's cookies after logging in at a front."""
    return dict(post(front, "/login", administrator(), cookies or {}).cookies)


def post(front: str, page: str, form: dict[str, str], cookies: dict[str, str]) -> httpx.Response:
    headers = {"Host": urlsplit(OWNS[front]).netloc, "Origin": OWNS[front]}
    with httpx.Client(base_url=OWNS["public"], headers=headers, cookies=cookies, timeout=20) as browser:
        answer = browser.post(page, data=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 302, answer.text
    return answer


def until_ended(api: httpx.Client, access_token: str) -> None:
    headers = {"Authorization": f"Bearer {access_token}"}
    eventually(lambda: api.get("/api/me", headers=headers).status_code == 401, "the session ends")


@pytest.mark.parametrize("front", OWNS)
def test_logging_out_with_the_access_cookie_alone_ends_the_session(front: str, api: httpx.Client) -> None:
    cookies = log_in(front)
    access = cookies[f"{PREFIX[front]}_access"]
    post(front, "/logout", {}, {f"{PREFIX[front]}_access": access})
    until_ended(api, access)


@pytest.mark.parametrize("front", OWNS)
def test_a_login_over_a_login_ends_the_one_before(front: str, api: httpx.Client) -> None:
    first = log_in(front)
    second = log_in(front, first)
    until_ended(api, first[f"{PREFIX[front]}_access"])
    now = {"Authorization": f"Bearer {second[f'{PREFIX[front]}_access']}"}
    assert api.get("/api/me", headers=now).status_code == 200

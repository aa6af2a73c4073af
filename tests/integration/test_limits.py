"""No spelling of a path, no header and no burst raises a budget of docs/limits.md; and where a login may lead."""

import http.client
import itertools
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest

from tests.integration.conftest import PASSWORD, Person, mails_to
from tests.waiting import eventually

SPELLINGS = (
    "/{}", "/{}/", "/{}//", "//{}", "/./{}", "/x/../{}", "/%2e/{}", "/{}.data", "/{}/_.data", "/{}/.data", "/{}%2edata",
    "/{}?_routes=", "/{}#x", "/{}.data?x=/{}",
)  # fmt: skip
CLAIMS: tuple[dict[str, str], ...] = (
    {},
    {"X-Forwarded-For": "198.51.100.{n}"},
    {"X-Forwarded-For": "198.51.100.{n}, 203.0.113.{n}", "X-Real-IP": "203.0.113.{n}"},
    {"X-Real-IP": "198.51.100.{n}"},
    {"Forwarded": "for=198.51.100.{n}"},
    {"X-Client-Address": "198.51.100.{n}", "True-Client-IP": "198.51.100.{n}", "CF-Connecting-IP": "198.51.100.{n}"},
    {"X-Device-Token": "{n}"},
    {"X-Original-URL": "/", "X-Rewrite-URL": "/"},
)
Answer = TypeVar("Answer")
OWNS = (os.environ.get("E2E_PUBLIC_URL", ""), os.environ.get("E2E_ADMIN_URL", ""))


def send(own: str, path: str, body: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    """A POST to the gateway with this very path, as a page of `own` would send it."""
    public = urlsplit(os.environ["E2E_PUBLIC_URL"])
    connection = http.client.HTTPConnection(public.hostname or "", public.port, timeout=30)
    try:
        connection.putrequest("POST", path, skip_host=True)
        for name, value in (
            {"Host": urlsplit(own).netloc, "Origin": own, "Content-Length": str(len(body))} | headers
        ).items():
            connection.putheader(name, value)
        connection.endheaders(body.encode())
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def at_once(ask: Callable[..., Answer], calls: Sequence[tuple[Any, ...]]) -> list[Answer]:
    """The answers to `calls`, eight at a time."""
    with ThreadPoolExecutor(8) as pool:
        return [asked.result() for asked in [pool.submit(ask, *call) for call in calls]]


def attempts(page: str, form: dict[str, str]) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Each spelling of a page in both fronts, in upper case and encoded too, each time with other claims."""
    claims = itertools.cycle(CLAIMS)
    names = (page, page.upper(), f"%{ord(page[0]):X}{page[1:]}", page[:-1] + f"%{ord(page[-1]):x}")
    for n, (own, name, spelling) in enumerate(itertools.product(OWNS, names, SPELLINGS)):
        claimed = {header: value.format(n=n % 250 + 1) for header, value in next(claims).items()}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        yield own, spelling.replace("{}", name), urlencode(form), kind | claimed


def test_no_spelling_header_or_burst_raises_the_budget_of_an_account(person: Person) -> None:
    wrong = {"email": person.email, "password": "wrong"}
    api = [
        (OWNS[0], path, json.dumps(wrong), {"Content-Type": "application/json"})
        for path in ("/api/auth/login", "/api/auth/login/", "//api/auth/login", "/api/auth/%6Cogin", "/api/auth/LOGIN")
    ]
    answers = at_once(send, [*attempts("login", wrong), *api * 3])
    statuses = Counter(answer.status for answer in answers)
    assert statuses[401] == 10
    assert statuses[429] > 10
    assert statuses.keys() <= {401, 429, 308, 400, 404, 405, 302, 202}  # the last two lead a stranger to /login
    for answer in answers:
        location = answer.headers.get("Location", "/")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location


def test_no_spelling_or_burst_sends_a_mailbox_more_mails(mail: httpx.Client, person: Person) -> None:
    name, _, domain = person.email.partition("@")

    def registering(n: int, path: str, headers: dict[str, str]) -> int:
        email = f"{name.upper() if n % 2 else name}+{n}@{domain}"
        form = {"email": email, "password": PASSWORD, "name": "Somebody"}
        return send(OWNS[0], path, urlencode(form), headers).status

    tried = [(n, path, headers) for n, (_, path, _, headers) in enumerate(attempts("register", {}))]
    statuses = Counter(at_once(registering, tried))
    assert statuses[429] > 0
    eventually(lambda: len(to_mailbox(mail, name)) >= 5, "the mails of five registrations")
    assert len(to_mailbox(mail, name)) == 5  # `person` was one


def to_mailbox(mail: httpx.Client, name: str) -> list[Any]:
    items = mail.get("/api/email").json()
    return [item for item in items if any(to["address"].lower().startswith(name) for to in item["to"])]


def test_owner_of_an_attacked_account_is_notified_and_gets_in_from_a_known_device(
    api: httpx.Client, mail: httpx.Client, person: Person
) -> None:
    right, wrong = ({"email": person.email, "password": password} for password in (PASSWORD, "wrong"))
    device = {"X-Device-Token": api.post("/api/auth/login", json=right).headers["X-Device-Token"]}

    def guess(_: int) -> int:
        return api.post("/api/auth/login", json=wrong).status_code

    guesses = at_once(guess, [(n,) for n in range(30)])
    assert Counter(guesses) == {401: 10, 429: 20}
    assert api.post("/api/auth/login", json=right).status_code == 429
    assert api.post("/api/auth/login", json=right, headers=device).status_code == 200
    title = "Someone tried to guess your password"
    eventually(lambda: mails_to(mail, person.email).count(title) == 1, "one mail")
    items = api.get("/api/notifications", headers=person.headers).json()["items"]
    assert [item["title"] for item in items].count(title) == 1


ELSEWHERE = (
    "/.//evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
)


@pytest.mark.parametrize("front", ["public", "admin"])
@pytest.mark.parametrize("page", ["/login", "/login.data"])
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_login_leads_to_our_own_pages(front: str, page: str, elsewhere: str, public_url: str) -> None:
    """The one who logs in, and the one who is logged in."""
    own = OWNS[front == "admin"]
    form = {**administrator(), "next": elsewhere}
    with httpx.Client(base_url=public_url, timeout=20, headers={"Host": urlsplit(own).netloc}) as browser:
        entered = browser.post(page, data=form, headers={"Origin": own})
        there = browser.get(page, params={"next": elsewhere})
    for answer in (entered, there):
        assert answer.status_code in (302, 202)
        assert "evil.example" not in answer.text
        location = answer.headers.get("location", "/")
        assert urljoin(f"{own}/login", location).startswith(f"{own}/")
        assert not location.startswith("//")
    assert "_access" in entered.headers["set-cookie"]


def administrator() -> dict[str, str]:
    accounts = json.loads(Path(os.environ["E2E_ACCOUNTS"]).read_text("utf-8"))
    return next({name: each[name] for name in ("email", "password")} for each in accounts if each["role"] == "admin")

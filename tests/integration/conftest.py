"""What crosses services, tried through the gateway of the running stack that `make test-integration` brings up.

The stack says where it is: E2E_PUBLIC_URL, E2E_MAIL_URL, E2E_ACCOUNTS and E2E_SECRETS.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.waiting import PATIENCE_SECONDS, eventually

PASSWORD = "correct horse battery staple"
CONFIRM = "/api/auth/email/verification/confirm"
TOKEN = re.compile(r"/verify-email\?token=([\w-]+)")


@dataclass(frozen=True)
class Person:
    """A freshly registered account, logged in."""

    email: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="session")
def public_url() -> str:
    """The gateway's address."""
    return os.environ["E2E_PUBLIC_URL"]


@pytest.fixture(scope="session")
def api(public_url: str) -> Iterator[httpx.Client]:
    """A client of the gateway."""
    with httpx.Client(base_url=public_url, timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.fixture(scope="session")
def mail() -> Iterator[httpx.Client]:
    """A client of the mail catcher's REST interface."""
    with httpx.Client(base_url=os.environ["E2E_MAIL_URL"], timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.fixture(scope="session")
def secrets_root() -> Path:
    """The running stack's secrets, one folder a service."""
    return Path(os.environ["E2E_SECRETS"])


@pytest.fixture(scope="session")
def admin(api: httpx.Client) -> Person:
    """The demo administrator."""
    return demo_account(api, "admin")


@pytest.fixture
def person(api: httpx.Client) -> Person:
    """Somebody new."""
    return register(api)


@pytest.fixture
def other(api: httpx.Client) -> Person:
    """Somebody else."""
    return register(api)


@pytest.fixture
def verified(api: httpx.Client, mail: httpx.Client, person: Person) -> Person:
    """`person`, who has confirmed their address."""
    verify_email(api, mail, person.email)
    return person


def verify_email(api: httpx.Client, mail: httpx.Client, email: str) -> None:
    """Follows the links of the mails to `email` until one is valid: a later one replaces those before it."""

    def follow() -> bool:
        mails = (item for item in mail.get("/api/email").json() if any(to["address"] == email for to in item["to"]))
        tokens = [link[1] for link in (TOKEN.search(item["text"]) for item in mails) if link]
        return any(api.post(CONFIRM, json={"token": token}).status_code == 204 for token in tokens)

    eventually(follow, f"a valid link in a mail to {email}")


def demo_account(api: httpx.Client, role: str) -> Person:
    """The demo account with that role, logged in."""
    accounts = json.loads(Path(os.environ["E2E_ACCOUNTS"]).read_text(encoding="utf-8"))
    account = next(account for account in accounts if account["role"] == role)
    return Person(account["email"], log_in(api, account["email"], account["password"]))


def register(api: httpx.Client) -> Person:
    """Registers somebody new and logs them in."""
    email = f"{uuid4().hex}@example.com"
    answer = api.post("/api/user-registration", json={"email": email, "password": PASSWORD, "name": "Somebody"})
    assert answer.status_code == 202, answer.text
    return Person(email, log_in(api, email, PASSWORD))


def log_in(api: httpx.Client, email: str, password: str) -> str:
    """An access token."""
    answer = api.post("/api/auth/login", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


def mails_to(mail: httpx.Client, email: str) -> list[str]:
    """The subjects of the mails that `email` got."""
    return [
        item["subject"] for item in mail.get("/api/email").json() if any(to["address"] == email for to in item["to"])
    ]


def until_mails_have_passed(api: httpx.Client, mail: httpx.Client) -> None:
    """A later registration's mail comes through the same queue: once it is there, all earlier ones are there too."""
    marker = f"{uuid4().hex}@example.com"
    assert api.post("/api/user-registration", json={"email": marker, "password": PASSWORD}).status_code == 202
    eventually(lambda: mails_to(mail, marker), "the mail of a later registration")

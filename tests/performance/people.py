"""Who the benchmark acts as, on the stack that E2E_PUBLIC_URL tells of."""

import os
from dataclasses import dataclass
from uuid import uuid4

import httpx

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Somebody:
    """A fresh account with a profile, logged in."""

    email: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def public_url() -> str:
    return os.environ["E2E_PUBLIC_URL"]


def somebody() -> Somebody:
    """Registers, logs in and creates a profile through the gateway."""
    login = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
    with httpx.Client(base_url=public_url(), timeout=20) as api:
        api.post("/api/user-registration", json=login).raise_for_status()
        token = api.post("/api/auth/login", json=login).raise_for_status().json()["access_token"]
        person = Somebody(login["email"], token)
        api.post("/api/profile", json={"name": "Bench"}, headers=person.headers).raise_for_status()
    return person

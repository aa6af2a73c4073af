"""Who the benchmark acts as, on the stack that E2E_PUBLIC_URL names."""

import os

import httpx

from tests.integration.conftest import Person, register


def public_url() -> str:
    return os.environ["E2E_PUBLIC_URL"]


def somebody() -> Person:
    """Somebody new with a profile, logged in through the gateway."""
    with httpx.Client(base_url=public_url(), timeout=20) as api:
        person = register(api)
        api.post("/api/profile", json={"name": "Bench"}, headers=person.headers).raise_for_status()
    return person

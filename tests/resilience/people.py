"""People of the resilience tests, who try again what a crash has kept from them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from shared.utils.ids import new_id
from tests.integration.conftest import PASSWORD
from tests.waiting import until

Json = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """`since` is an id of the moment before it was made: nothing of its own is older."""

    email: str = field(default_factory=lambda: f"{uuid4().hex}@example.com")
    since: str = field(default_factory=new_id)

    @property
    def registration(self) -> Json:
        return {"email": self.email, "password": PASSWORD, "name": "Somebody"}

    async def log_in(self, api: httpx.AsyncClient) -> str:
        """An access token."""
        answer = await insist(api, "POST", "/api/auth/login", json={"email": self.email, "password": PASSWORD})
        return answer.json()["access_token"]

    async def user_id(self, api: httpx.AsyncClient, token: str) -> str:
        answer = await insist(api, "GET", "/api/me", headers={"Authorization": f"Bearer {token}"})
        return answer.json()["user"]["id"]

    async def notifications(self, api: httpx.AsyncClient, token: str) -> list[Json]:
        """All that are stored."""
        answer = await insist(api, "GET", "/api/notifications", headers={"Authorization": f"Bearer {token}"})
        return answer.json()["items"]


async def register(api: httpx.AsyncClient) -> Account:
    account = Account()
    await insist(api, "POST", "/api/user-registration", json=account.registration)
    return account


async def insist(api: httpx.AsyncClient, method: str, path: str, **rest: Any) -> httpx.Response:
    """The first successful answer; on 5xx, or no answer, it tries again."""

    async def answered() -> httpx.Response | None:
        try:
            answer = await api.request(method, path, **rest)
        except httpx.TransportError:
            return None
        assert answer.status_code < 400 or answer.status_code >= 500, answer.text
        return answer if answer.status_code < 400 else None

    answer = await until(answered, f"{method} {path} succeeds")
    assert answer
    return answer

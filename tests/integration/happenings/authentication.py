"""Logins that somebody else tries."""

import httpx

from tests.integration.conftest import PASSWORD, register
from tests.integration.happenings.actors import Actors, causes
from tests.waiting import eventually


@causes("login.recorded", "session.revoked")
def lose_a_session(actors: Actors) -> None:
    """A refresh token that comes back ends its session."""

    def refresh(token: str) -> httpx.Response:
        return actors.api.post("/api/auth/refresh", json={"refresh_token": token})

    login = {"email": actors.person.email, "password": PASSWORD}
    stolen = actors.api.post("/api/auth/login", json=login).json()["refresh_token"]
    newer = stolen
    for _ in range(2):
        newer = refresh(newer).json()["refresh_token"]
    assert refresh(stolen).status_code == 401


@causes("session.locked_out")
def be_attacked(actors: Actors) -> None:
    """So many wrong passwords that the account is locked."""
    wrong = {"email": register(actors.api).email, "password": "wrong"}
    eventually(lambda: actors.api.post("/api/auth/login", json=wrong).status_code == 429, "the account is locked")

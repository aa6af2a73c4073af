"""Logins of the person with the password that is theirs."""

from tests.integration.conftest import PASSWORD
from tests.properties.situations.world import Fitting, World, situation


@situation("POST /api/auth/login")
def credentials(world: World) -> Fitting:
    return Fitting(body={"email": world.person.email, "password": PASSWORD})


@situation("POST /internal/users/credentials")
def address(world: World) -> Fitting:
    return Fitting(body={"email": world.person.email})


@situation("POST /api/auth/refresh", "POST /api/auth/logout")
def refresh(world: World) -> Fitting:
    tokens = world.api.post("/api/auth/login", json={"email": world.person.email, "password": PASSWORD}).json()
    return Fitting(body={"refresh_token": tokens["refresh_token"]})

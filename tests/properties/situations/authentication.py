"""Logins of the person with the password that is theirs."""

from tests.integration.conftest import PASSWORD
from tests.properties.situations.visitor import Fitting, Visitor, situation


@situation("POST /api/auth/login")
def credentials(visitor: Visitor) -> Fitting:
    return Fitting(body={"email": visitor.person.email, "password": PASSWORD})


@situation("POST /internal/users/credentials")
def address(visitor: Visitor) -> Fitting:
    return Fitting(body={"email": visitor.person.email})


@situation("POST /api/auth/refresh", "POST /api/auth/logout")
def refresh(visitor: Visitor) -> Fitting:
    tokens = visitor.api.post("/api/auth/login", json={"email": visitor.person.email, "password": PASSWORD}).json()
    return Fitting(body={"refresh_token": tokens["refresh_token"]})

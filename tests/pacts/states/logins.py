"""Accounts with a password, sessions and sign-ins, as back-auth makes them; and services with their secrets."""

from datetime import UTC, datetime
from uuid import uuid4

from shared.utils.ids import new_id
from tests.pacts.states.providers import Providers, Values, state

PASSWORD = "correct horse battery staple"
DEVICE = {"ip": "203.0.113.9", "user_agent": "Test/1"}


@state("the service back-api")
async def back_api(providers: Providers) -> Values:
    return {"credentials": providers.credentials("back-api")}


@state("a person with a password")
async def with_password(providers: Providers) -> Values:
    values = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
    await providers.ask("back-auth", "POST", "/internal/accounts", values)
    return values


@state("a person with another password")
async def with_another_password(providers: Providers) -> Values:
    return {**await with_password(providers), "password": "what somebody else would try"}


@state("a person who is logged in")
async def logged_in(providers: Providers) -> Values:
    values = await with_password(providers)
    tokens = await providers.ask("back-auth", "POST", "/api/auth/login", values)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    sessions = await providers.ask("back-auth", "GET", "/api/auth/sessions", headers=bearer)
    known = {name: tokens[name] for name in ("access_token", "refresh_token")}
    return {**values, **known, "session_id": sessions["items"][0]["id"]}


@state("the session of somebody else")
async def foreign_session(providers: Providers) -> Values:
    return {"session_id": (await logged_in(providers))["session_id"]}


@state("a person whose session has ended")
async def logged_out(providers: Providers) -> Values:
    values = await logged_in(providers)
    await providers.ask("back-auth", "POST", "/api/auth/logout", {"refresh_token": values["refresh_token"]})
    return values


@state("a person with two sign-ins")
async def with_sign_ins(providers: Providers) -> Values:
    values = await logged_in(providers)
    query = {"q": values["email"]}
    user_id = (await providers.ask("back-postgres", "GET", "/internal/users", params=query))["items"][0]["id"]
    known = {"user_id": user_id, "outcome": "succeeded", "occurred_at": datetime.now(UTC).isoformat()}
    items = [{"id": new_id(), **known, **DEVICE} for _ in range(2)]
    await providers.ask("back-cassandra", "POST", "/internal/login-events", {"items": items})
    return values

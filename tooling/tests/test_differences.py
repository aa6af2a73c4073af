"""A live document that differs from its contract in one place is caught, in both directions."""

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Query

from shared.chassis import openapi
from shared.chassis.identity import CurrentUser, requires
from shared.chassis.openapi import problems
from shared.contracts.manifest import Contract
from shared.models.base import Page
from shared.models.profile import Profile, ProfileCreate
from tooling.contracts import differences, models


def _document() -> dict[str, Any]:
    app = FastAPI()
    openapi.install(app)

    @app.post("/api/profile", status_code=201, tags=["profile"], responses=problems(409))
    async def create(body: ProfileCreate, user: CurrentUser) -> Profile: ...  # pyright: ignore[reportUnusedFunction]

    @app.get("/api/profiles", tags=["profile"], dependencies=[Depends(requires("users:read"))], responses=problems(403))
    async def search(limit: Annotated[int, Query()] = 1) -> Page[Profile]: ...  # pyright: ignore[reportUnusedFunction]

    return app.openapi()


def _contract(**changes: Any) -> Contract:
    """The contract of the two endpoints; `changes` go into the first, `second` into the other."""
    second = changes.pop("second", {})
    common: dict[str, Any] = {"service": "back-api", "auth": "user"}
    endpoints = [
        common
        | {"method": "POST", "path": "/api/profile", "idempotent": False, "request": "ProfileCreate"}
        | {"response": {201: "Profile"}, "errors": [400, 401, 409, 413, 422]}
        | changes,
        common
        | {"method": "GET", "path": "/api/profiles", "idempotent": True, "permission": "users:read"}
        | {"query": ["limit"], "response": {200: "Page[Profile]"}, "errors": [401, 403, 422]}
        | second,
    ]
    return Contract.model_validate(
        {
            "name": "profile",
            "version": "1.0.0",
            "type": "cross-service",
            "summary": "A contract to compare with.",
            "services": [{"name": "back-api", "version": "1.0.0", "provides": ["business-logic"]}],
            "data_flow": ["front-public → back-api"],
            "dependencies": {"shared": ">=1.0.0"},
            "degradation": {"back-api": "Nothing works for a while."},
            "endpoints": endpoints,
            "schemas": {name: models.schema(name) for name in ("ProfileCreate", "Profile", "Page[Profile]")},
        }
    )


def _between(contract: Contract) -> list[str]:
    return differences.between(_document(), contract, "back-api", tag="profile")


def test_equal_is_equal():
    assert _between(_contract()) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"method": "PUT"}, "PUT /api/profile: back-api does not have it"),
        ({"path": "/api/profiles/mine"}, "POST /api/profile: not in the contract profile"),
        ({"auth": "none"}, "the contract says auth none"),
        ({"permission": "users:write"}, "the contract says permission users:write"),
        ({"second": {"permission": None}}, "the service demands ['users:read']"),
        ({"second": {"query": []}}, "the contract says query []"),
        ({"query": ["draft"]}, "the service reads []"),
        ({"errors": [400, 401, 413, 422]}, "the service can answer [409]"),
        ({"errors": [400, 401, 404, 409, 413, 422]}, "the contract names [404]"),
        ({"response": {200: "Profile"}}, "the contract names [200]"),
        ({"response": {201: "Page[Profile]"}}, "its schema is not that of Page[Profile]"),
        ({"response": {201: None}}, "the contract says no body"),
        ({"response": {201: "image/webp"}}, "the contract says image/webp"),
        ({"request": "Profile"}, "request: its schema is not that of Profile"),
        ({"request": None}, "request: the contract says no body"),
        ({"second": {"request": "ProfileCreate"}}, "request: the contract says ProfileCreate, the service has none"),
    ],
)
def test_a_difference_is_named(change: dict[str, Any], found: str):
    assert any(found in difference for difference in _between(_contract(**change))), _between(_contract(**change))


def test_a_changed_field_is_named_with_its_place():
    contract = _contract()
    contract.schemas["ProfileCreate"]["properties"]["bio"]["maxLength"] = 5

    assert any(".properties.bio.maxLength is 1000, not 5" in difference for difference in _between(contract))


def test_an_operation_in_no_contract_is_named():
    contract = _contract(path="/api/other")

    assert differences.undeclared(_document(), [contract], "back-api") == ["POST /api/profile: in no contract"]

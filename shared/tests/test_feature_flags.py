"""Evaluating feature flags: defaults, shares that grow, rules, and routes that are not there."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter
from openfeature import api as openfeature
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ErrorCode

from shared.chassis.flag_guard import put_behind
from shared.contracts.flags import declared_flags
from shared.contracts.manifest import FeatureFlag as DeclaredFlag
from shared.feature_flags.evaluation import NOBODY, context_of, place
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.registry import FeatureRegistry, UnknownFlag
from shared.feature_flags.values import FlagValues
from shared.models.feature_flag import FeatureFlag
from shared.tests.app import calling, make_app

SERVICE = "back-test"
USERS = [str(UUID(int=n << 80 | 7 << 76 | 2 << 62)) for n in range(10_000)]
ANN = context_of(USERS[0], "user")


@pytest.fixture
def values() -> FlagValues:
    declared = DeclaredFlag(name="bookmarks", default=True, owner="team-tools", expires_on=date(2027, 5, 31))
    return FlagValues({"bookmarks": declared})


@pytest.fixture
def registry(values: FlagValues) -> Iterator[FeatureRegistry]:
    made = FeatureRegistry(SERVICE)
    made.use(StoredFlags(values))
    yield made
    openfeature.clear_providers()


def changed(values: FlagValues, **changes: Any) -> None:
    known = values.get("bookmarks")
    assert known
    values.note([FeatureFlag.model_validate(known.model_dump() | changes | {"version": known.version + 1})])


async def having(registry: FeatureRegistry) -> set[str]:
    """The users who have it."""
    return {user for user in USERS if await registry.is_enabled("bookmarks", context_of(user))}


async def test_the_default_holds_until_a_version_is_known(values: FlagValues, registry: FeatureRegistry):
    assert await registry.is_enabled("bookmarks")
    changed(values, enabled=False)
    assert not await registry.is_enabled("bookmarks", ANN)
    assert not registry.is_on_for_anybody("bookmarks")


def test_an_older_version_changes_nothing(values: FlagValues):
    changed(values, enabled=False)
    late = values.get("bookmarks")
    assert late
    changed(values, enabled=True)
    values.note([late, late.model_copy(update={"name": "no-contract-names-it", "version": 9})])
    assert [(flag.name, flag.enabled, flag.version) for flag in values.all()] == [("bookmarks", True, 2)]


async def test_a_share_that_grows_moves_nobody_out(values: FlagValues, registry: FeatureRegistry):
    shares: dict[int, set[str]] = {}
    for percentage in (10, 20, 50, 99):
        changed(values, percentage=percentage)
        shares[percentage] = await having(registry)
        assert abs(len(shares[percentage]) - 100 * percentage) <= 100, percentage
    assert shares[10] < shares[20] < shares[50] < shares[99]
    changed(values, percentage=10)
    assert await having(registry) == shares[10]
    changed(values, percentage=0)
    assert await having(registry) == set()
    changed(values, percentage=100)
    assert await having(registry) == set(USERS)


def test_a_users_place_is_another_one_for_each_flag():
    same = sum(place("bookmarks", user) == place("profile", user) for user in USERS)
    assert same < 200
    assert place("a", "bc") != place("ab", "c")


async def test_who_is_not_logged_in_has_it_with_everybody(values: FlagValues, registry: FeatureRegistry):
    assert registry.is_on_for_everybody("bookmarks")
    changed(values, percentage=99)
    assert not await registry.is_enabled("bookmarks", NOBODY)
    assert not registry.is_on_for_everybody("bookmarks")
    assert registry.is_on_for_anybody("bookmarks")


@pytest.mark.parametrize(
    ("rule", "caller", "expected"),
    [
        ({"attribute": "role", "values": ["support", "admin"]}, context_of("u", "admin"), True),
        ({"attribute": "role", "values": ["support"]}, context_of("u", "admin"), False),
        ({"attribute": "role", "values": ["support"]}, context_of("u"), False),
        ({"attribute": "user", "values": ["u"]}, context_of("u", "user"), True),
        ({"attribute": "user", "values": ["u"]}, NOBODY, False),
        ({"attribute": "plan", "values": ["pro"]}, context_of("u", "user", "pro"), True),
        ({"attribute": "plan", "values": ["pro"]}, context_of("u", "user"), False),
    ],
)
async def test_a_rule_lets_in_whom_it_names(
    values: FlagValues, registry: FeatureRegistry, rule: dict[str, Any], caller: EvaluationContext, expected: bool
):
    changed(values, percentage=0, rules=[rule])
    assert await registry.is_enabled("bookmarks", caller) is expected
    changed(values, enabled=False)
    assert not await registry.is_enabled("bookmarks", caller)


async def test_a_plan_is_asked_for_only_where_it_decides(values: FlagValues, registry: FeatureRegistry):
    asked: list[str] = []

    async def plan_of(user_id: str) -> str | None:
        asked.append(user_id)
        return {"ann": "pro"}.get(user_id)

    registry.use(StoredFlags(values, plan_of))
    rules = [{"attribute": "plan", "values": ["pro"]}, {"attribute": "role", "values": ["admin"]}]
    changed(values, percentage=0, rules=rules)
    assert await registry.is_enabled("bookmarks", context_of("ann", "user"))
    assert not await registry.is_enabled("bookmarks", context_of("bob", "user"))
    assert await registry.is_enabled("bookmarks", context_of("cay", "admin"))
    assert not await registry.is_enabled("bookmarks", NOBODY)
    changed(values, percentage=100)
    assert await registry.is_enabled("bookmarks", context_of("dan", "user"))
    assert asked == ["ann", "bob"]


async def test_a_flag_that_no_contract_declares_is_a_mistake(registry: FeatureRegistry):
    with pytest.raises(UnknownFlag, match="bookmark"):
        await registry.is_enabled("bookmark")


def test_openfeature_knows_no_other_types(registry: FeatureRegistry):
    details = openfeature.get_client(SERVICE).get_string_details("bookmarks", "default")
    assert (details.value, details.error_code) == ("default", ErrorCode.TYPE_MISMATCH)


async def test_the_routes_of_a_feature_that_is_off_are_not_there(values: FlagValues, registry: FeatureRegistry):
    app = make_app(SERVICE)
    router = APIRouter()

    @router.get("/api/gizmos")
    async def read() -> str:
        return "mine"

    put_behind("bookmarks", router.routes, registry)
    app.router.routes.extend(router.routes)
    async with calling(app) as client:
        assert (await client.get("/api/gizmos")).json() == "mine"
        changed(values, enabled=False)
        gone = await client.get("/api/gizmos")
        unknown = await client.get("/api/nothing")
    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")
    assert gone.json()["detail"] == unknown.json()["detail"]


def test_the_flags_of_the_house_are_found():
    assert declared_flags()["announcements"].name == "announcements"

"""Deploy order: the guide's stages, layers within them, the way back, and what has no order."""

from collections.abc import Mapping

import pytest

from shared.contracts import boundaries
from shared.contracts.loader import contracts
from shared.contracts.manifest import Contract
from tooling.order import NoOrder, commands, plan
from tooling.order.containers import Container

CONTRACTS = {contract.name: contract for contract in contracts()}


def _layers(*features: str, rollback: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    made = plan(CONTRACTS, boundaries.load(), features, rollback=rollback)
    return [(layer.stage, layer.services) for layer in made]


def _with(dependencies: Mapping[str, object]) -> dict[str, Contract]:
    profile = CONTRACTS["profile"].model_dump() | {"dependencies": dependencies}
    return CONTRACTS | {"profile": Contract.model_validate(profile)}


def test_stages_go_out_in_the_order_of_the_guide():
    stages = [stage for stage, _ in _layers(*CONTRACTS)]

    assert list(dict.fromkeys(stages)) == ["shared", "data", "backend", "frontend"]


def test_who_depends_goes_out_later_and_the_rest_in_parallel():
    assert _layers("authentication") == [
        ("shared", ("shared",)),
        ("data", ("back-redis", "cassandra", "mail", "postgres")),
        ("data", ("back-cassandra", "back-postgres")),
        ("backend", ("back-auth", "back-workers")),
        ("backend", ("back-api", "back-websockets")),
        ("frontend", ("front-admin", "front-public")),
        ("frontend", ("back-gateway",)),
    ]


def test_the_way_back_is_the_reverse():
    assert _layers("profile", rollback=True) == _layers("profile")[::-1]


def test_nothing_changed_is_nothing_to_do():
    assert _layers() == []


def test_a_circle_is_refused_by_its_name():
    circle = {"back-api": [{"back-workers": "*"}], "back-workers": [{"back-api": "*"}]}

    with pytest.raises(NoOrder, match="back-api → back-workers → back-api"):
        plan(_with(circle), boundaries.load(), ["profile"])


def test_a_dependency_on_a_later_stage_is_refused():
    with pytest.raises(NoOrder, match="back-postgres \\(data\\) depends on back-api"):
        plan(_with({"back-postgres": [{"back-api": "*"}]}), boundaries.load(), ["profile"])


def test_an_unknown_feature_is_named():
    with pytest.raises(NoOrder, match="'profil'; there are account"):
        _layers("profil")


def test_each_layer_names_the_commands_to_type():
    layer = next(one for one in plan(CONTRACTS, boundaries.load(), ["profile"]) if "back-workers" in one.services)
    running = {"back-workers": [Container("back-workers", built=True), Container("back-workers-beat", built=False)]}

    up = "docker compose up -d --no-deps --wait back-workers back-workers-beat"
    assert commands(layer, running, "v2") == ["VERSION=v2 docker compose build back-workers", f"VERSION=v2 {up}"]
    assert commands(layer, running, "v1", rollback=True) == [f"VERSION=v1 {up}"]

from typing import Any

import pytest
from pydantic import ValidationError

from settings import Settings

COUNTS = [name for name, field in Settings.model_fields.items() if field.annotation is int and "port" not in name]
NEEDED: dict[str, Any] = dict.fromkeys(("back_postgres_url", "back_cassandra_url", "redis_host", "redis_password"), "x")


def test_only_this_machine_is_trusted_unless_set() -> None:
    networks = Settings.model_validate(NEEDED).trusted_networks
    assert [str(network) for network in networks] == ["127.0.0.0/8", "::1/128"]
    assert Settings.model_validate(NEEDED | {"internal_networks": ""}).trusted_networks == ()


@pytest.mark.parametrize("wrong", [{"internal_networks": "everybody"}, {"account_failures": 0}, {"hashing_workers": 0}])
def test_wrong_setting_stops_the_boot(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | wrong)


@pytest.mark.parametrize("name", COUNTS)
def test_a_limit_lets_at_least_one_through(name: str) -> None:
    assert getattr(Settings.model_validate(NEEDED | {name: 1}), name) == 1
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | {name: 0})


@pytest.mark.parametrize(("scale", "budget", "scaled"), [(2.5, 100, 250), (0.001, 20, 1), (1.0, 7, 7)])
def test_budgets_are_scaled_and_never_to_nothing(scale: float, budget: int, scaled: int) -> None:
    assert Settings.model_validate(NEEDED | {"rate_limit_scale": scale}).scaled(budget) == scaled


@pytest.mark.parametrize("scale", [0, -1, 1e6])
def test_a_scale_that_is_none_stops_the_boot(scale: float) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | {"rate_limit_scale": scale})


@pytest.mark.parametrize("missing", NEEDED)
def test_missing_setting_stops_the_boot(missing: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({name: value for name, value in NEEDED.items() if name != missing})

from typing import Any

import pytest
from pydantic import ValidationError

from settings import Settings

NEEDED: dict[str, Any] = dict.fromkeys(("back_postgres_url", "back_cassandra_url", "redis_host", "redis_password"), "x")


def test_only_this_machine_is_trusted_unless_set() -> None:
    networks = Settings.model_validate(NEEDED).trusted_networks
    assert [str(network) for network in networks] == ["127.0.0.0/8", "::1/128"]
    assert Settings.model_validate(NEEDED | {"internal_networks": ""}).trusted_networks == ()


@pytest.mark.parametrize("wrong", [{"internal_networks": "everybody"}, {"account_failures": 0}, {"hashing_workers": 0}])
def test_wrong_setting_stops_the_boot(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | wrong)


@pytest.mark.parametrize("missing", NEEDED)
def test_missing_setting_stops_the_boot(missing: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({name: value for name, value in NEEDED.items() if name != missing})

from pathlib import Path

from tests.contracts.app_under_contract import differences_of


def test_statuses_permissions_parameters_and_bodies_are_those_of_the_contracts(tmp_path: Path) -> None:
    assert differences_of("back-postgres", tmp_path) == []

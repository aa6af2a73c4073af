import pytest
from pydantic import ValidationError
from settings import Settings

NEEDED = {"cassandra_host": "x", "cassandra_app_password": "x"}


@pytest.mark.parametrize("days", [1, 3650])
def test_the_audit_log_is_kept_from_a_day_to_ten_years(days: int) -> None:
    assert Settings.model_validate(NEEDED | {"audit_days": days}).audit_days == days


@pytest.mark.parametrize("days", [0, 3651])
def test_a_wrong_time_to_keep_the_audit_log_stops_the_boot(days: int) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | {"audit_days": days})

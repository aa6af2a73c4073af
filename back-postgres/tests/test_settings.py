import pytest
from pydantic import ValidationError

from settings import Settings

NEEDED = dict.fromkeys(("postgres_app_password", "postgres_migrations_password"), "x")


@pytest.mark.parametrize(
    ("name", "value"), [("postgres_pool_size", 2), ("postgres_pool_size", 100), ("outbox_retention_days", 1)]
)
def test_a_bound_is_allowed(name: str, value: int) -> None:
    """The pool opens two sessions at once, so that one alone is too few."""
    assert getattr(Settings.model_validate(NEEDED | {name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"), [("postgres_pool_size", 1), ("postgres_pool_size", 101), ("outbox_retention_days", 0)]
)
def test_a_wrong_setting_stops_the_boot(name: str, value: int) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(NEEDED | {name: value})

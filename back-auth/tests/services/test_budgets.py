"""How much of what is counted there is: which of it many people share, and what a refusal says."""

from dataclasses import fields

import pytest

from back_redis.rate_limits import CountedAttempt
from services.limits import Budgets, refused_as
from settings import Settings
from shared.utils.errors import Conflict, TooManyRequests

SHARED = {"address_failures", "network_failures", "logins", "network_registrations"}
"""Of these a larger installation, and a test, has more."""


def settings(**changed: object) -> Settings:
    given = {
        "redis_host": "h",
        "redis_port": 1,
        "redis_password": "p",
        "back_postgres_url": "http://a",
        "back_cassandra_url": "http://b",
    }
    return Settings.model_validate(given | changed)


def test_each_budget_has_a_name_of_its_own() -> None:
    budgets = Budgets.from_settings(settings())
    names = [getattr(budgets, each.name).name for each in fields(budgets)]
    assert len(set(names)) == len(names) == 10


@pytest.mark.parametrize(
    ("name", "attempts", "seconds"),
    [
        ("account_failures", 10, 900),
        ("address_failures", 100, 900),
        ("network_failures", 300, 900),
        ("device_failures", 10, 900),
        ("logins", 100, 900),
        ("lock_notices", 3, 86_400),
        ("mailbox_registrations", 5, 3_600),
        ("network_registrations", 100, 900),
        ("verification_mails", 5, 3_600),
        ("refreshes", 60, 60),
    ],
)
def test_a_budget_is_so_many_attempts_in_so_many_seconds(name: str, attempts: int, seconds: int) -> None:
    limit = getattr(Budgets.from_settings(settings()), name).limit
    assert (limit.attempts, limit.seconds) == (attempts, seconds)


def test_what_many_people_share_grows_with_the_scale_and_what_one_has_does_not() -> None:
    plain = Budgets.from_settings(settings())
    scaled = Budgets.from_settings(settings(rate_limit_scale=3))
    for each in fields(plain):
        factor = 3 if each.name in SHARED else 1
        before = getattr(plain, each.name).limit
        after = getattr(scaled, each.name).limit
        assert after.attempts == before.attempts * factor, each.name
        assert after.seconds == before.seconds


@pytest.mark.parametrize(("scale", "left"), [(0.001, 1), (0.25, 2), (1, 10), (1.26, 13)])
def test_a_scaled_budget_is_rounded_and_never_nothing(scale: float, left: int) -> None:
    assert settings(rate_limit_scale=scale).scaled(10) == left


def test_an_attempt_is_counted_by_its_budget_and_its_subject() -> None:
    budget = Budgets.from_settings(settings()).logins
    attempt = budget.attempt_of("user-1")
    assert attempt == CountedAttempt("logins", "user-1", budget.limit)


def test_a_refusal_of_the_limiter_is_worded_for_people() -> None:
    words = r"Too many registrations\. Try again in 2 minutes\."
    with pytest.raises(TooManyRequests, match=words) as refused, refused_as("registrations"):
        raise TooManyRequests(retry_after=61)
    assert refused.value.retry_after == 61


def test_another_refusal_is_passed_on_as_it_is() -> None:
    with pytest.raises(Conflict), refused_as("registrations"):
        raise Conflict("taken")


@pytest.mark.parametrize("name", [each for each in Settings.model_fields if each.endswith("_seconds")])
def test_a_window_has_at_least_a_second(name: str) -> None:
    assert getattr(settings(**{name: 1}), name) == 1
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        settings(**{name: 0})

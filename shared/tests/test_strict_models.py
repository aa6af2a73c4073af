"""Models accept the types that their JSON Schemas name, and nothing that could be turned into them."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from shared.models.audit import AuditEntries
from shared.models.base import Day, Email, QueryBool, QueryInt, Timestamp
from shared.models.billing import BillingRunCreate, InvoiceBatch, SubscriptionCreate, SubscriptionUpdate
from shared.models.lease import Lease
from shared.models.notification_preferences import KindChoice
from shared.models.profile import ProfileChange, ProfileCreate, ProfileUpdate
from shared.models.session import Login
from shared.models.task import Task
from shared.models.user import Registration, UserIds
from shared.utils.time_zones import NAMES, zone_of

WRONG: list[tuple[type[BaseModel], dict[str, Any], str, list[Any]]] = [
    (SubscriptionCreate, {"plan": "pro"}, "seats", ["3", True, 2.0, 2.5, None, [3], "٣"]),
    (SubscriptionUpdate, {}, "seats", ["3", True, 2.0]),
    (BillingRunCreate, {"period": "2026-11"}, "dry_run", ["yes", "true", 1, 0, "", None]),
    (BillingRunCreate, {}, "period", [202611, "2026-13"]),
    (KindChoice, {"kind": "welcome", "mail": "daily"}, "live", ["on", 1]),
    (ProfileCreate, {}, "name", [1, True, b"Ada", ["Ada"]]),
    (ProfileCreate, {"name": "Ada"}, "locale", [1, "en_US", "english", "en-us"]),
    (ProfileChange, {"changes": {}}, "version", ["1", 1.0, True]),
    (UserIds, {}, "ids", ["a", ("a",), [1]]),
    (Lease, {"worker": "w"}, "seconds", ["30", 30.0]),
    (Login, {"email": "ada@example.com"}, "password", [12345678901, True]),
    (Registration, {"email": "ada@example.com"}, "password", [12345678901]),
    (InvoiceBatch, {"worker": "w", "due_before": "2026-12-01", "year": 2026}, "invoices", [{}, "[]"]),
]


@pytest.mark.parametrize(("model", "rest", "field", "values"), WRONG)
def test_another_type_is_refused(model: type[BaseModel], rest: dict[str, Any], field: str, values: list[Any]) -> None:
    for value in values:
        with pytest.raises(ValidationError):
            model.model_validate(rest | {field: value})


def test_a_batch_is_as_strict_inside() -> None:
    assert AuditEntries.model_config.get("strict")
    with pytest.raises(ValidationError):
        Task.model_validate({"id": 1})


@pytest.mark.parametrize(
    "text",
    ["Ada <ada@example.com>", " ada@example.com", "ada@example.com ", "ada@example.com\n", "ada@example.com.", "ada@[127.0.0.1]",
     "ada@[IPv6:::1]", '"a b"@example.com', "ada", "ada@", "@example.com", "ada@example", "ada@exa mple.com", "ada@@example.com",
     "a\u0000@example.com", f"{'a' * 65}@example.com", f"a@{'b.' * 125}example.com", "ada@example..com", "ada\u202e@example.com"],
)  # fmt: skip
def test_an_address_stands_alone(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(text)


def test_an_address_is_kept_in_small_letters() -> None:
    assert TypeAdapter(Email).validate_python("Ada+News@Example.COM") == "ada+news@example.com"


@pytest.mark.parametrize(
    "value", [1, "1", 1.5, "2026-11-23", "2026-11-23T08:00:00", "2026-11-23 08:00:00Z", "now", "٢026-11-23T08:00:00Z"]
)
def test_a_moment_is_rfc_3339(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Timestamp).validate_python(value)


@pytest.mark.parametrize("value", [1, "1", "2026-11-23T00:00:00Z", "2026-1-3", "2026-02-30"])
def test_a_day_is_rfc_3339(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(value)


@pytest.mark.parametrize("text", ["3.0", " 3", "+3", "３", "3 ", "1_0", "0x3", "3e0", "", "true"])
def test_a_number_in_a_query_is_digits(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(QueryInt).validate_python(text)


def test_a_query_spells_numbers_and_truth() -> None:
    assert TypeAdapter(QueryInt).validate_python("3") == 3
    assert TypeAdapter(QueryBool).validate_python("true") is True
    for text in ("1", "yes", "on", "True", "t", ""):
        with pytest.raises(ValidationError):
            TypeAdapter(QueryBool).validate_python(text)


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Calcutta", "Europe/Kyiv", "US/Pacific", "UTC", "Etc/GMT+5"])
def test_zones_and_links_are_accepted_and_kept(name: str) -> None:
    assert ProfileUpdate.model_validate({"time_zone": name}).time_zone == name
    assert zone_of(name).key == name


@pytest.mark.parametrize(
    "name", ["localtime", "Factory", "posix/UTC", "right/UTC", "posixrules", "europe/berlin", "", "../etc/passwd", "UTC ", "Europe"]
)  # fmt: skip
def test_what_depends_on_the_machine_is_no_zone(name: str) -> None:
    with pytest.raises(ValidationError):
        ProfileUpdate.model_validate({"time_zone": name})
    with pytest.raises(KeyError):
        zone_of(name)


def test_every_zone_has_rules() -> None:
    assert [name for name in NAMES if zone_of(name).key != name] == []

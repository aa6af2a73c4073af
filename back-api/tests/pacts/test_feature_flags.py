"""What feature flags ask of back-cassandra."""

import json
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest

from shared.feature_flags.reading import newest_flags
from shared.models.base import Items, Page
from shared.models.feature_flag import FeatureFlag, NewFlagVersion
from shared.utils.errors import Stale
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import EXAMPLES, OTHER, USER

pytestmark = pytest.mark.pact
Flags: Any = import_module("features.feature-flags.infrastructure").BackCassandraFlags
GIVEN = "a feature flag of two versions"
NAME = EXAMPLES["flag_name"]
VERSIONS = "/internal/feature-flags/{flag_name}/versions"
SETTINGS: dict[str, Any] = {"enabled": True, "percentage": 10, "owner": "team-tools", "reason": "Tried."}
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW = NewFlagVersion(**SETTINGS, expires_on=date(2099, 12, 31), id=OTHER, changed_by=USER, changed_at=AT)
SENT = json.loads(NEW.model_dump_json(exclude_unset=True)) | {"changed_at": AT.isoformat()}
FLAG = FeatureFlag(
    **SETTINGS, name=NAME, version=3, rules=[], expires_on=date(2099, 12, 31), changed_by=USER, changed_at=AT
)


async def test_the_flags_are_read_as_they_are_stored() -> None:
    found = Items[FeatureFlag](items=[FLAG])
    asked = Ask("GET", "/internal/feature-flags")
    read = Interaction("the feature flags", GIVEN, asked, ok(found), newest_flags, found.items)
    await read.holds("back-api", "back-cassandra")


async def test_a_version_is_stored_once_it_follows_the_newest() -> None:
    asked = Ask("PUT", f"{VERSIONS}/3", json=SENT)
    store = Interaction(
        "a new version of a feature flag", GIVEN, asked, ok(FLAG), lambda c: Flags(c).store(NAME, 3, NEW), FLAG
    )
    await store.holds("back-api", "back-cassandra")


async def test_a_version_that_is_taken_is_refused() -> None:
    asked = Ask("PUT", f"{VERSIONS}/2", json=SENT)
    store = Interaction(
        "a version of a feature flag that is taken",
        GIVEN,
        asked,
        refusal(412, FLAG),
        lambda c: Flags(c).store(NAME, 2, NEW),
        Stale,
    )
    await store.holds("back-api", "back-cassandra")


async def test_history_is_as_it_is_read() -> None:
    found = Page[FeatureFlag](items=[FLAG], next_cursor="next")
    asked = Ask("GET", VERSIONS, query={"limit": "1"})
    history = Interaction(
        "the versions of a feature flag",
        GIVEN,
        asked,
        ok(found),
        lambda c: Flags(c).history(NAME, limit=1, cursor=None),
        found,
    )
    await history.holds("back-api", "back-cassandra")

"""What the workers leave undone while a feature is off, and what the audit log keeps of switching it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from celery_app import flagged_task
from celery_app.flagged_task import FlaggedTask, flag_of
from events.claims import Claims
from events.consumer import Consumer, dispatch, dispatch_batch, handles
from features.audit.entries import entry
from settings import NAME
from tests.fakes import FakeService
from tests.samples import USER, event, registered

from back_redis.consumers import FeatureOff
from shared.contracts.manifest import FeatureFlag as DeclaredFlag
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.registry import FeatureRegistry
from shared.feature_flags.values import FlagValues
from shared.models.event_data import EVENT_DATA
from shared.models.feature_flag import FeatureFlag
from shared.models.user import UserRegistered
from shared.utils.errors import Unavailable

FLAG: dict[str, Any] = {
    "name": "announcements", "version": 3, "enabled": False, "owner": "team-tools", "expires_on": "2027-05-31",
    "reason": "Mails went out twice.", "changed_by": USER, "changed_at": "2026-11-30T08:00:00Z",
}  # fmt: skip
Store = Callable[..., None]


class Delivery(FlaggedTask):
    """A task as Celery makes it of a function in the feature's `tasks.py`; `done` is what it was called with."""

    name = "announcements.deliver"

    def __init__(self) -> None:
        self.done: list[str] = []

        def deliver(announcement_id: str) -> None:
            self.done.append(announcement_id)

        deliver.__module__ = "features.announcements.tasks"
        self.run = deliver


@pytest.fixture
def task() -> Delivery:
    return Delivery()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Sets what the store answers: a version of the flag, or an error."""

    def answer(flag: FeatureFlag | Exception) -> None:
        def read() -> list[FeatureFlag]:
            if isinstance(flag, Exception):
                raise flag
            return [flag]

        monkeypatch.setattr(flagged_task, "read_flags", read)

    flagged_task._values.cache_clear()  # pyright: ignore[reportPrivateUsage]
    yield answer
    flagged_task._values.cache_clear()  # pyright: ignore[reportPrivateUsage]


def stored(**changes: Any) -> FeatureFlag:
    return FeatureFlag.model_validate(FLAG | changes)


def test_a_task_of_a_feature_that_is_off_is_left_undone(task: Delivery, store: Store) -> None:
    store(stored())
    task("an id")
    assert task.done == []
    store(stored(version=4, enabled=True, percentage=0, rules=[{"attribute": "role", "values": ["admin"]}]))
    task("an id")
    assert task.done == ["an id"]


def test_without_the_store_a_task_believes_what_was_read_last(task: Delivery, store: Store) -> None:
    store(Unavailable(dependency="back-cassandra"))
    task("by default")
    store(stored())
    task("off")
    store(Unavailable(dependency="back-cassandra"))
    task("off still")
    assert task.done == ["by default"]


def test_a_task_belongs_to_the_feature_whose_folder_it_is_in() -> None:
    assert flag_of("features.announcements.tasks") == "announcements"
    assert flag_of("features.billing.tasks") is None
    assert flag_of("tasks.billing") is None


async def test_an_event_for_a_feature_that_is_off_is_parked() -> None:
    seen: list[str] = []

    async def note(_: Any, data: UserRegistered) -> None:
        seen.append(data.user.id)

    declared = DeclaredFlag(name="greetings", default=True, owner="team-tools", expires_on=date(2027, 5, 31))
    values = FlagValues({"greetings": declared})
    registry = FeatureRegistry(NAME)
    registry.use(StoredFlags(values))
    is_on = partial(registry.is_on_for_anybody, "greetings")
    consumer = Consumer("greetings", (handles(UserRegistered, note),), "natural", is_on=is_on)
    claims = Claims(FakeService("back-postgres"), 60)
    await dispatch(consumer, registered(), claims)
    values.note([stored(name="greetings")])
    for again in (dispatch(consumer, registered(), claims), dispatch_batch(_batched(consumer), [registered()] * 2)):
        with pytest.raises(FeatureOff, match="replay it when it is on again"):
            await again
    await dispatch(consumer, event("profile.deleted", {}), claims)
    assert len(seen) == 1


def _batched(consumer: Consumer) -> Consumer:
    async def together(_: Any) -> None: ...

    return Consumer(consumer.group, consumer.handlers, "natural", handle_batch=together, is_on=consumer.is_on)


def test_who_switched_it_and_why_is_kept() -> None:
    changed = event("feature_flag.changed", {"flag": FLAG})
    made = entry(changed, EVENT_DATA["feature_flag.changed", 1].from_event(changed))
    assert (made.actor, made.subject_type) == (USER, "feature_flag")
    assert made.details == {
        "version": "3",
        "enabled": "false",
        "percentage": "100",
        "reason": "Mails went out twice.",
    }

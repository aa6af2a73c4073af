"""A wish that cannot be is refused in one sentence, before anything is made."""

from dataclasses import replace

import pytest

from tooling.generator import taken
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.generator.wish import Wish, checked
from tooling.paths import ROOT

GOOD = Wish(name="gizmos", fields="title:line(200)")
TAKEN = taken.names(ROOT)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish("profile", "a:line"), "there is one of that name already"),
        (Wish("users", "a:line"), "there is one of that name already"),
        (Wish("event-streams", "a:line"), "there is one of that name already"),
        (Wish("reports", "a:line"), "tests/performance/report.py would be taken for one of its files"),
        (Wish("tests", "a:line"), "the house uses it for something else"),
        (Wish("My Feature", "a:line"), "use small letters"),
        (Wish("select", "a:line"), "a keyword of SQL"),
        (Wish("class", "a:line"), "a keyword of Python"),
        (Wish("b" * 80, "a:line"), "it has 80 characters"),
        (replace(GOOD, fields=""), "There has to be a field"),
        (replace(GOOD, fields="title:varchar"), "is not known: use one of line, text"),
        (replace(GOOD, fields="title:line title:line"), "there is one of that name already"),
        (replace(GOOD, fields="gizmo:line"), "there is one of that name already"),
        (replace(GOOD, entity="gizmos"), "give it another name by --entity"),
        (replace(GOOD, entity="profile"), "there is one of that name already"),
        (replace(GOOD, entity="thing2"), "use small letters and single underscores"),
        (replace(GOOD, operations="create,fly"), "There is no operation of a crud 'fly'"),
        (replace(GOOD, events="exploded"), "There is no event 'exploded'"),
        (replace(GOOD, events="deleted", operations="update"), "The event 'deleted' needs the operation 'delete'"),
        (replace(GOOD, events="updated", notify=True), "People are notified of the event 'created'"),
        (replace(GOOD, page="gizmos"), "is no page of such a feature"),
        (replace(GOOD, page="front-door:/app/b"), "is no page of such a feature"),
        (replace(GOOD, page="front-public:/b"), "has to lie below /app/"),
        (replace(GOOD, page="front-public:/app/profile"), "is there already, in front-public/app/features/profile"),
        (replace(GOOD, page="front-admin:/b"), "is no page of such a feature"),
        (replace(GOOD, pattern="magic"), "There is no pattern 'magic'"),
        (replace(GOOD, pattern="command", operations="update"), "There is no operation of a command 'update'"),
        (replace(GOOD, pattern="task", operations="delete"), "There is no operation of a task 'delete'"),
        (replace(GOOD, pattern="task", events="updated"), "The event 'updated' needs the operation 'update'"),
        (replace(GOOD, pattern="task", fields="state:line"), "there is one of that name already"),
        (replace(GOOD, pattern="task", fields="lease_until:date"), "there is one of that name already"),
        (replace(GOOD, pattern="live", operations="fly"), "There is no operation of a live 'fly'"),
        (replace(GOOD, pattern="admin", page="front-public:/app/b"), "such as front-admin:/bookmarks"),
        (replace(GOOD, pattern="admin", permission="everything"), "is no permission"),
        (replace(GOOD, pattern="admin", events="created", notify=True), "Notifications lead to pages of front-public"),
        (replace(GOOD, icon="no-such-icon"), "lucide has no icon"),
        (replace(GOOD, icon="../../x"), "lucide has no icon"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wish_that_cannot_be_is_refused_in_one_sentence(wish: Wish, why: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(wish, taken=TAKEN, root=ROOT)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "entity"),
    [("gizmos", "gizmo"), ("categories", "category"), ("reading-lists", "reading_list"), ("wishes", "wish")],
)
def test_one_of_them_is_called_by_the_singular(name: str, entity: str) -> None:
    assert checked(replace(GOOD, name=name), taken=TAKEN, root=ROOT).entity == entity


def test_the_files_of_a_column_bear_its_name() -> None:
    feature = checked(replace(GOOD, events="created", notify=True), taken=TAKEN, root=ROOT)
    paths = {str(path) for path in rendered(feature, ROOT)}
    assert paths > {
        "shared/contracts/gizmos/feature.yaml",
        "shared/models/gizmo.py",
        "back-postgres/repositories/gizmo_repository.py",
        "back-api/features/gizmos/domain.py",
        "back-workers/features/gizmos/texts/de.yaml",
        "front-public/app/features/gizmos/routes/index.tsx",
        "tests/e2e/gizmos.test.ts",
    }
    assert [path for path in paths if "gizmo" not in path] == []


def test_what_nobody_asked_for_is_not_written() -> None:
    feature = checked(replace(GOOD, operations="delete"), taken=TAKEN, root=ROOT)
    made = rendered(feature, ROOT)
    assert [path for path in made if "back-workers" in path.parts or path.name == "EditGizmo.tsx"] == []
    assert not any(word in text for text in made.values() for word in ("outbox_repository.add", "Edit</", "[[", "[%"))


def test_only_a_task_has_work_and_a_state() -> None:
    made = {
        pattern: rendered(checked(replace(GOOD, pattern=pattern), taken=TAKEN, root=ROOT), ROOT)
        for pattern in ("command", "task")
    }
    more = {str(path) for path in made["task"].keys() - made["command"].keys()}
    assert more == {
        "back-postgres/repositories/gizmo_work_repository.py",
        "back-postgres/routes/gizmo_work.py",
        "back-workers/features/gizmos/__init__.py",
        "back-workers/features/gizmos/tasks.py",
        "back-workers/features/gizmos/work.py",
        "back-workers/tests/features/gizmos/test_faults.py",
        "back-workers/tests/features/gizmos/test_work.py",
        "tests/properties/situations/gizmos.py",
    }
    assert not any(
        word in text for text in made["command"].values() for word in ("TaskState", "usePolling", "lease_until")
    )


def test_each_change_of_what_is_live_is_an_event_and_a_live_message() -> None:
    feature = checked(replace(GOOD, pattern="live", operations="delete"), taken=TAKEN, root=ROOT)
    made = {str(path): text for path, text in rendered(feature, ROOT).items()}
    assert [event.type for event in feature.events] == ["gizmo.created", "gizmo.deleted"]
    assert "sends: &sends {gizmo.created: Gizmo, gizmo.deleted: Gizmo}" in made["shared/contracts/gizmos/feature.yaml"]
    assert "LIVE_MESSAGES" in made["shared/models/gizmo.py"]
    assert "back-workers/features/gizmos/consumer.py" in made

"""What is asked on a terminal: only what was not said, again after an answer that cannot be, and Enter takes the default."""

from collections.abc import Collection, Iterable

import pytest

from tooling.cli.feature_questions import Answer, completed
from tooling.generator.names import Refused
from tooling.generator.wish import Wish, checked
from tooling.paths import ROOT

ENTER = "enter"


def answered(wish: Wish, answers: Iterable[Answer], given: Collection[str] = ()) -> tuple[Wish, list[str], list[str]]:
    """The completed wish, the first word of each question, and what was refused."""
    left = iter(answers)
    asked: list[str] = []
    refused: list[str] = []

    def ask(text: str, default: Answer) -> Answer:
        asked.append(text.split()[0].strip(","))
        answer = next(left)
        return default if answer == ENTER else answer

    found = completed(wish, given, lambda known: checked(known, taken=set(), root=ROOT), ask, refused.append)
    assert list(left) == []
    return found, asked, refused


def test_enter_takes_every_default() -> None:
    wish, asked, _ = answered(Wish("gizmos", ""), [ENTER] * 4)
    assert wish == Wish("gizmos", "title:line(200)", flag=True)
    assert asked == ["Pattern", "Fields", "Events", "Put"]


def test_what_follows_from_an_answer_is_asked_then() -> None:
    wish, asked, _ = answered(Wish("gizmos", ""), [ENTER, "n:int(1,5)?", "created,deleted", True, False])
    assert (wish.fields, wish.events, wish.notify, wish.flag) == ("n:int(1,5)?", "created,deleted", True, False)
    assert asked == ["Pattern", "Fields", "Events", "Notify", "Put"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("admin", ["Pattern", "Fields", "Events", "Put", "Permission"]),
        ("live", ["Pattern", "Fields", "Notify", "Put"]),
    ],
)
def test_each_pattern_has_its_questions(pattern: str, expected: list[str]) -> None:
    wish, asked, _ = answered(Wish("gizmos", ""), [pattern] + [ENTER] * (len(expected) - 1))
    assert asked == expected
    assert wish.permission == ("gizmos:write" if pattern == "admin" else "")


def test_what_was_said_is_not_asked() -> None:
    given = Wish("gizmos", "title:line(80)", events="created", notify=True, owner="team-a")
    wish, asked, _ = answered(given, [ENTER, False], given=("fields", "events", "notify", "owner"))
    assert wish == given
    assert asked == ["Pattern", "Put"]


def test_an_answer_that_cannot_be_is_asked_again_and_said_why() -> None:
    answers = ["magic", ENTER, "title:varchar", ENTER, "exploded", ENTER, ENTER]
    wish, asked, refused = answered(Wish("gizmos", ""), answers)
    assert asked == ["Pattern", "Pattern", "Fields", "Fields", "Events", "Events", "Put"]
    assert [why.partition(":")[0] for why in refused] == [
        "There is no pattern 'magic'",
        "The type 'varchar' of 'title' is not known",
        "There is no event 'exploded'",
    ]
    assert wish.pattern == "crud"


@pytest.mark.parametrize(
    ("wish", "given"), [(Wish("select", ""), ()), (Wish("gizmos", "", events="exploded"), ("events",))]
)
def test_nothing_more_is_asked_after_an_option_that_cannot_be(wish: Wish, given: Collection[str]) -> None:
    with pytest.raises(Refused):
        answered(wish, [ENTER] * 2 if given else [], given)


def test_answers_are_checked_with_the_options_that_nothing_asks_for() -> None:
    answers = [ENTER, ENTER, "updated", "deleted", ENTER]
    wish, _, refused = answered(Wish("gizmos", "", operations="delete"), answers)
    assert (wish.events, wish.operations, len(refused)) == ("deleted", "delete", 1)

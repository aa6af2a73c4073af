"""How `make test` runs its parts: what needs the stack beside what does not, and computing gives way."""

import os
import sys
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from stack.testing import main, running
from stack.testing.running import Result
from stack.testing.tasks import Task

# Says that it is there, and waits for the other one.
MEET = """
import sys, time
from pathlib import Path
mine, theirs = map(Path, sys.argv[1:])
mine.touch()
end = time.monotonic() + 180
while not theirs.exists() and time.monotonic() < end: time.sleep(0.01)
sys.exit(not theirs.exists())
"""


@pytest.fixture(autouse=True)
def no_stack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stack() -> AbstractContextManager[dict[str, str]]:
        return nullcontext({})

    monkeypatch.setattr(main, "isolated_stack", stack)
    monkeypatch.setattr(running, "OUTPUT", tmp_path / "tests")


def task(
    name: str,
    code: str,
    *arguments: Path,
    on_stack: bool = False,
    after_stack: bool = False,
    low_priority: bool = False,
) -> Task:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    needs = Path(__file__)
    return Task("toys", name, command, needs, on_stack=on_stack, after_stack=after_stack, low_priority=low_priority)


def test_what_needs_the_stack_runs_beside_what_does_not(tmp_path: Path) -> None:
    here = tmp_path / "here"
    there = tmp_path / "there"
    shown: list[Result] = []
    tasks = [task("there", MEET, there, here, on_stack=True), task("here", MEET, here, there)]
    results = main.run_all(tasks, shown.append)
    assert [(result.task.name, result.passed) for result in results] == [("there", 1), ("here", 1)]
    assert sorted(result.task.name for result in shown) == ["here", "there"]


def test_what_has_a_stack_of_its_own_comes_after_the_tests_stack_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    @contextmanager
    def stack() -> Generator[dict[str, str]]:
        yield {}
        steps.append("the stack is gone")

    monkeypatch.setattr(main, "isolated_stack", stack)
    tasks = [task("after", "pass", after_stack=True), task("on", "pass", on_stack=True)]
    main.run_all(tasks, lambda result: steps.append(result.task.name))
    assert steps == ["on", "the stack is gone", "after"]


def test_once_the_stack_is_gone_both_sides_take_what_waits(tmp_path: Path) -> None:
    one = tmp_path / "one"
    other = tmp_path / "other"
    results = main.run_all([task("one", MEET, one, other), task("other", MEET, other, one)], lambda _: None)
    assert [result.passed for result in results] == [1, 1]


def test_pacts_stay_one_after_the_other(tmp_path: Path) -> None:
    written = tmp_path / "written"
    consumer = replace(
        task("consumer", "import sys, pathlib; pathlib.Path(sys.argv[1]).touch()", written), part="pacts"
    )
    provider = replace(
        task("provider", "import sys, os; sys.exit(not os.path.exists(sys.argv[1]))", written), part="pacts"
    )
    assert [result.passed for result in main.run_all([consumer, provider], lambda _: None)] == [1, 1]


def test_after_a_failure_the_others_go_on_on_both_sides() -> None:
    fails = "raise SystemExit(3)"
    passes = "pass"
    tasks = [
        task(f"{name} {on_stack}", code, on_stack=on_stack)
        for on_stack in (False, True)
        for name, code in (("fails", fails), ("passes", passes))
    ]
    results = main.run_all(tasks, lambda _: None)
    assert [(result.passed, result.failed) for result in results] == [(0, 1), (1, 0)] * 2


def test_what_goes_wrong_beside_the_stack_is_not_lost() -> None:
    def fail(_: Result) -> None:
        raise OSError("no terminal")

    with pytest.raises(OSError, match="no terminal"):
        main.run_all([task("here", "pass")], fail)


@pytest.mark.parametrize(("low_priority", "niceness"), [(False, 0), (True, running.NICE)])
def test_who_only_computes_gives_way(low_priority: bool, niceness: int) -> None:
    result = running.run(task("nice", "import os; print(os.nice(0))", low_priority=low_priority), {})
    assert result.log
    assert int(result.log.read_text()) == min(19, os.nice(0) + niceness)

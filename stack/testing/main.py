"""`make test [S=service] [F=feature] [T=path]` and its parts (PART=unit): keeps going after a failure; the exit code shows whether there was one.

What needs the stack runs beside what does not: each waits often, and seldom for the same. What brings up a stack of its
own comes after the tests' stack is gone. Whichever of the two ends first takes over what waits for the other.
"""

import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock, Thread

from rich.console import Console

from stack.errors import StackError, explained
from stack.testing import report, selection
from stack.testing.isolated import isolated_stack
from stack.testing.running import Result, run
from stack.testing.tasks import Task, chosen


def main(part: str | None, service: str | None, feature: str | None = None, path: str | None = None) -> int:
    console = Console(highlight=False)
    one_at_a_time = Lock()

    def show(result: Result) -> None:
        with one_at_a_time:
            report.show_line(console, result)

    tasks = _tasks(part, service, feature, path)
    if not tasks:
        raise StackError(f"There are no tests for {service or part}.")
    results = run_all(tasks, show)
    report.show_table(console, results)
    print(report.closing_line(results), flush=True)
    if feature:
        print(f"left out: {selection.LEFT_OUT}", flush=True)
    return int(any(result.failed for result in results))


def _tasks(part: str | None, service: str | None, feature: str | None, path: str | None) -> list[Task]:
    if path:
        return [selection.task_for_path(path)]
    if feature:
        return selection.tasks_for_features(feature)
    return list(chosen(part, service))


def run_all(tasks: Sequence[Task], show: Callable[[Result], None]) -> list[Result]:
    """In the order of the tasks; each is shown when it has ended."""
    results = list[Result]()
    waiting = deque(_chains(task for task in tasks if not (task.on_stack or task.after_stack)))

    def note(result: Result) -> None:
        results.append(result)
        show(result)

    def run_waiting() -> None:
        while chain := _next(waiting):
            for task in chain:
                note(run(task, {}))

    with beside(run_waiting):
        for result in _run_on_stack([task for task in tasks if task.on_stack]):
            note(result)
        for task in tasks:
            if task.after_stack:
                note(run(task, {}))
        run_waiting()
    return sorted(results, key=lambda result: tasks.index(result.task) if result.task in tasks else len(tasks))


def _next(waiting: deque[list[Task]]) -> list[Task]:
    """Empty when nothing waits any more."""
    try:
        return waiting.popleft()
    except IndexError:
        return []


def _chains(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """What can run beside each other: each task alone, but for pacts, whose consumers write what providers read."""
    chain = list[Task]()
    for task in tasks:
        if task.part == "pacts":
            chain.append(task)
        else:
            yield [task]
    if chain:
        yield chain


@contextmanager
def beside(work: Callable[[], object]) -> Generator[None]:
    """`work` goes on during the block, and is awaited after it. An error in the block ends it with this process."""
    done: Future[object] = Future()

    def perform() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            done.set_exception(error)

    Thread(target=perform, daemon=True).start()
    yield
    done.result()


def _run_on_stack(tasks: Sequence[Task]) -> Iterator[Result]:
    present = [task for task in tasks if not task.skip_reason()]
    yield from (run(task, {}) for task in tasks if task not in present)
    if not present:
        return
    try:
        with isolated_stack() as environment:
            for task in present:
                yield run(task, environment)
    except StackError as error:
        print(f"✗ {error}", file=sys.stderr)
        yield Result(Task("stack", "the tests' own stack", [], present[0].needs), failed=1)


def interrupt_on_sigterm() -> None:
    """So that SIGTERM ends what was started, as Ctrl-C does."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


if __name__ == "__main__":
    interrupt_on_sigterm()
    try:
        sys.exit(main(*(argument or None for argument in sys.argv[1:])))
    except StackError as failure:
        sys.exit(f"✗ {failure}")
    except OSError as failure:
        if not (sentence := explained(failure)):
            raise
        sys.exit(f"✗ {sentence}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped; the tests' own servers and processes are ended.")

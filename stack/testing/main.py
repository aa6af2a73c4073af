"""`make test [S=service]` and its parts (PART=unit): keeps going after a failure; the exit code tells whether one was."""

import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from rich.console import Console

from stack.errors import StackError
from stack.testing import report
from stack.testing.isolated import isolated_stack
from stack.testing.running import Result, run
from stack.testing.tasks import Task, chosen


def main(part: str | None, service: str | None) -> int:
    console = Console(highlight=False)
    tasks = list(chosen(part, service))
    if not tasks:
        raise StackError(f"There are no tests for {service or part}.")
    results: list[Result] = []
    for result in _run_all(tasks):
        report.show_line(console, result)
        results.append(result)
    report.show_table(console, results)
    print(report.closing_line(results), flush=True)
    return int(any(result.failed for result in results))


def _run_all(tasks: Sequence[Task]) -> Iterator[Result]:
    alone = [task for task in tasks if not task.on_stack]
    together = [task for task in tasks if task.on_stack]
    return chain((run(task, {}) for task in alone), _run_on_stack(together))


def _run_on_stack(tasks: Sequence[Task]) -> Iterator[Result]:
    present = [task for task in tasks if not task.why_not()]
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
        sys.exit(main(sys.argv[1] or None, sys.argv[2] or None))
    except StackError as failure:
        sys.exit(f"✗ {failure}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped; the tests' own servers and processes are ended.")

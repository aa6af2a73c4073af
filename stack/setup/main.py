"""All steps in order, the independent ones side by side; then the command itself in the virtual environment."""

import fcntl
import os
import sys
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from stack import caches, space
from stack.errors import StackError, explained
from stack.paths import HOME, PYTHON, ROOT
from stack.setup import cassandra, node, python
from stack.setup.steps import Step

ON_WHAT_RUNS = {"down", "status", "logs", "stop", "start", "restart", "accounts", "reset"}
"""Commands about a stack that is there: they need Python's packages, but neither npm's nor a build."""


SPACE_MEBIBYTES = 256
SPACE_FROM_NOTHING_MEBIBYTES = 2048


def main(arguments: Sequence[str]) -> None:
    os.environ.update(caches.settings(os.environ))
    try:
        bootstrap(everything=not arguments or arguments[0] not in ON_WHAT_RUNS)
    except StackError as error:
        sys.exit(f"✗ {error}")
    except OSError as error:
        if not (sentence := explained(error)):
            raise
        sys.exit(f"✗ {sentence}")
    except KeyboardInterrupt:
        sys.exit("\n✗ Stopped; what has been installed is kept.")
    if arguments:
        _hand_over(arguments)


def bootstrap(*, everything: bool = True) -> None:
    HOME.mkdir(exist_ok=True)
    perform([python.STEPS[0]])
    perform([python.STEPS[1]])
    if not everything:
        return
    perform([node.LINK])
    perform([*node.packages(), cassandra.JARS])
    perform([*node.builds(), cassandra.ARCHIVE])


def perform(steps: Sequence[Step]) -> None:
    if all(step.is_done() for step in steps):
        return
    with _one_command_at_a_time():
        todo = [step for step in steps if not step.is_done()]
        if todo:
            space.require(HOME, SPACE_MEBIBYTES if PYTHON.exists() else SPACE_FROM_NOTHING_MEBIBYTES, todo[0].doing)
        with ThreadPoolExecutor(len(steps)) as pool:
            results = [pool.submit(step.perform) for step in todo]
        for result in results:
            result.result()


@contextmanager
def _one_command_at_a_time() -> Generator[None]:
    """Two commands in one fresh clone: the second waits and finds the work done. The kernel lifts the lock of a dead one."""
    with (HOME / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  … another command is installing in this clone: waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hand_over(arguments: Sequence[str]) -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    environment.pop("VIRTUAL_ENV", None)
    os.execve(PYTHON, [str(PYTHON), "-m", "stack", *arguments], environment)  # noqa: S606

"""Which engine: ENGINE decides by hand; else containers when a daemon answers and the images can be had, else processes."""

import os

from stack.control_socket import is_running
from stack.engines.containers import Containers
from stack.engines.docker import why_not
from stack.engines.engine import Engine, not_running, remembered
from stack.engines.processes import Processes
from stack.errors import StackError


def choose() -> Engine:
    """For `make up`. Says which one and why."""
    engine = os.environ.get("ENGINE") or remembered()
    match engine:
        case "process":
            print("engine: processes")
            return Processes()
        case "docker":
            if reason := why_not():
                raise StackError(f"ENGINE=docker is not possible: {reason}.")
            print("engine: containers")
            return Containers()
        case None:
            return _by_looking()
        case _:
            raise StackError(f"ENGINE must be docker or process, but is {engine!r}.")


def _by_looking() -> Engine:
    if reason := why_not():
        print(f"engine: processes, because {reason}")
        return Processes()
    print(
        "engine: containers, because a Docker daemon answers and the images can be had (ENGINE=process for processes)"
    )
    return Containers()


def current(*, default: bool = False) -> Engine:
    """The engine that runs this stack now, whoever started it: `make up`, or `docker compose up` by hand.

    Raises StackError when nothing runs, unless `default` is asked for.
    """
    name = remembered()
    if name == "process" and not is_running():
        name = None
    if name is None and Containers().is_there():
        return Containers()
    if name is None and not default:
        raise not_running()
    return Containers() if name == "docker" else Processes()

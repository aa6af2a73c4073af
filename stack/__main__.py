"""`python -m stack COMMAND`: what the Makefile calls. Settings come as environment: S, ENGINE, PORT_OFFSET, STACK_DIR."""

import os
import sys
from collections.abc import Callable

from stack import subreaper
from stack.engines.choice import choose, current
from stack.errors import StackError, explained


def service() -> str | None:
    return os.environ.get("S") or None


def required_service() -> str:
    if name := service():
        return name
    raise StackError("Name a service, for example S=back-auth.")


def up() -> None:
    choose().up()


def accounts() -> None:
    print(current().accounts().strip())


def test() -> int:
    selectors = [os.environ.get(name) or "" for name in ("PART", "S", "F", "T")]
    return subreaper.watch("stack.testing.main", *selectors)


def bench() -> int:
    return subreaper.watch("stack.testing.bench")


def mutation() -> int:
    return subreaper.watch("tooling.mutation")


def reset() -> None:
    current(default=True).reset()


def remove_demo_data() -> None:
    """Starts the stack without it; back-workers then removes what is there."""
    current(default=True).down()
    os.environ["DEMO_DATA"] = "0"
    choose().up()


def down() -> None:
    current(default=True).down()


COMMANDS: dict[str, Callable[[], int | None]] = {
    "up": up,
    "down": down,
    "reset": reset,
    "remove-demo-data": remove_demo_data,
    "accounts": accounts,
    "test": test,
    "bench": bench,
    "mutation": mutation,
    "status": lambda: current().status(),
    "logs": lambda: current().logs(service()),
    "stop": lambda: current().stop(required_service()),
    "start": lambda: current().start(required_service()),
    "restart": lambda: current().restart(service()),
    "run": lambda: current().run(required_service()),
    "bootstrap": lambda: None,
}


def main(arguments: list[str]) -> int:
    os.umask(0o077)  # logs, mails, traces and data are nobody else's to read
    command = COMMANDS.get(arguments[0] if arguments else "")
    try:
        if command is None:
            raise StackError(f"There is no command {arguments}; `make help` lists them.")
        return command() or 0
    except StackError as error:
        print(f"✗ {error}", file=sys.stderr)
    except OSError as error:
        if not (sentence := explained(error)):
            raise
        print(f"✗ {sentence}", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

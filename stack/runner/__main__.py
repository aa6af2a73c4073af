"""The runner itself, started by stack.subreaper: one a stack, held by a lock."""

import asyncio
import fcntl
import signal
import sys

from shared.utils.open_files import raise_open_files
from stack import settings, topology
from stack.control_socket import NAME
from stack.errors import StackError
from stack.paths import data_dir, logs_dir, private, run_dir
from stack.runner.control import Control
from stack.runner.supervisor import Supervisor


async def run() -> None:
    supervisor = Supervisor(topology.load(settings.load()))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, supervisor.ending.set)
    server = await Control(supervisor).serve()
    try:
        await supervisor.run()
    finally:
        server.close()
        (run_dir() / NAME).unlink(missing_ok=True)


def close_folders() -> None:
    """What a stack writes is its owner's alone."""
    for folder in (run_dir(), data_dir()):
        private(folder, passable=True)
    for folder in (logs_dir(), data_dir() / "mail", data_dir() / "traces"):
        private(folder)


def main() -> None:
    raise_open_files()  # all that it starts inherits it
    close_folders()
    with (run_dir() / "runner.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit("A runner holds this stack's folder already.")
        try:
            asyncio.run(run())
        except StackError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()

"""The runner's parent: when the runner ends in whatever way, nothing that it started stays behind.

As a child subreaper it inherits every process that loses its parent below it (pool workers, backends in sessions of
their own), so that after a kill -9 of the runner all of them can be found and ended. If this guard is killed itself,
the kernel sends SIGTERM to the runner, which then stops everything in order. It also gives them a folder for temporary
files, since who is killed does not take its own away.
"""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def end_with_guard() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def children() -> list[int]:
    """Pids whose parent is this process."""
    mine: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            mine.append(int(stat.parent.name))
    return mine


def sweep() -> None:
    """Kill what is left, generation by generation: the children of a killed process become ours."""
    while left := children():
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        for pid in left:
            os.waitpid(pid, 0)


def wait_for(watched: int) -> int:
    while True:
        pid, status = os.wait()
        if pid == watched:
            return os.waitstatus_to_exitcode(status)


def watch(module: str, *arguments: str) -> int:
    """Run `python -m module` until it ends; then end what it left. Gives its exit code."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.umask(0o077)
    with TemporaryDirectory(prefix="tools-dashboard-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o1777)  # servers run as another user
        code = _watch([sys.executable, "-m", module, *arguments], dict(os.environ, TMPDIR=folder))
        sweep()
    return code if code >= 0 else 128 - code


def _watch(command: list[str], environment: dict[str, str]) -> int:
    watched = subprocess.Popen(command, env=environment, preexec_fn=end_with_guard)

    def stop(_number: int, _frame: object) -> None:
        watched.terminate()

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return wait_for(watched.pid)


if __name__ == "__main__":
    sys.exit(watch("stack.runner"))

"""However the runner ends, nothing that it started is left: not even processes in sessions of their own."""

import os
import signal
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_SECONDS, eventually

from .sample_programs import alive, guarded

# A watched process with a child whose own child has left for a session of its own, as pool workers and backends do.
# Ctrl-C must reach it also where the tests were started in the background, which ignores SIGINT.
FAMILY = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
code = "import os, subprocess, sys, time; " \\
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True); " \\
    "open('pids', 'a').write(f'{os.getpid()} {p.pid} '); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
open("pids", "a").write(f"{os.getpid()} ")
time.sleep(600)
"""


def family(folder: Path) -> list[int]:
    file = folder / "pids"
    eventually(lambda: file.exists() and len(file.read_text().split()) == 3, "the family is complete")
    return [int(pid) for pid in file.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_orphan_when_the_runner_gets(tmp_path: Path, number: signal.Signals):
    guard = guarded(tmp_path, FAMILY)
    pids = family(tmp_path)
    os.kill(pids[0] if number == signal.SIGKILL else guard.pid if number == signal.SIGTERM else pids[0], number)
    guard.wait(PATIENCE_SECONDS)
    eventually(lambda: not any(alive(pid) for pid in pids), "nobody of the family is left")


def test_the_runner_is_asked_to_stop_when_its_guard_is_killed(tmp_path: Path):
    script = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(open('bye', 'w').write('x') and 0))\n"
    guard = guarded(tmp_path, f"{script}open('up', 'w').close()\ntime.sleep(600)")
    eventually((tmp_path / "up").exists, "the runner is up")
    guard.kill()
    guard.wait()
    eventually((tmp_path / "bye").exists, "the runner says goodbye")


def test_the_exit_code_is_the_watched_one(tmp_path: Path):
    guard = guarded(tmp_path, "raise SystemExit(7)")
    assert guard.wait(PATIENCE_SECONDS) == 7


def test_no_temporary_file_when_the_runner_is_killed(tmp_path: Path):
    made = """
    import os, signal, tempfile
    _, name = tempfile.mkstemp()
    open("name", "w").write(name)
    os.kill(os.getpid(), signal.SIGKILL)
    """
    guarded(tmp_path, textwrap.dedent(made)).wait(PATIENCE_SECONDS)
    name = Path((tmp_path / "name").read_text())
    assert not name.exists()
    assert not name.parent.exists()


def test_a_second_runner_of_the_same_stack_is_refused(tmp_path: Path):
    import fcntl
    import sys

    from stack.paths import ROOT

    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / "runner.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [sys.executable, "-m", "stack.runner"],
            env=dict(os.environ, STACK_DIR=str(tmp_path), PYTHONPATH=str(ROOT)),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.strip() == "A runner holds this stack's folder already."

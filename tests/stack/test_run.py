"""`make run`: a service in the foreground starts again when its files change, and ends quietly at Ctrl-C."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from stack.paths import ROOT
from tests.stack.sample_programs import alive
from tests.waiting import PATIENCE_SECONDS, eventually

RUN = """
import sys
from rich.console import Console
from stack.engines.foreground import run_in_foreground
from stack.topology import Probe, Service
folder = sys.argv[1]
command = [sys.executable, f"{folder}/main.py"]
service = Service("toy", command, {}, {}, Probe(), None, folder, one_shot=False)
sys.exit(run_in_foreground([service], Console()))
"""
TOY = "import os, pathlib, time\nopen({log!r}, 'a').write(f'{{os.getpid()}} ')\ntime.sleep(600)\n"


def hears_ctrl_c() -> None:
    """Also where the tests themselves run in the background of a shell, which makes them deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Foreground:
    """The running command, and the pids that its service has had."""

    def __init__(self, folder: Path) -> None:
        self.main = folder / "main.py"
        self.log = folder / "pids.log"
        self.main.write_text(TOY.format(log=str(self.log)))
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder)], cwd=ROOT, start_new_session=True, preexec_fn=hears_ctrl_c
        )

    def pids(self) -> list[int]:
        return [int(pid) for pid in self.log.read_text().split()] if self.log.exists() else []


@pytest.fixture
def foreground(tmp_path: Path) -> Generator[Foreground]:
    running = Foreground(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_a_changed_file_starts_it_again(foreground: Foreground) -> None:
    eventually(lambda: len(foreground.pids()) == 1, "the service runs")
    now = foreground.main.stat().st_mtime + 5
    os.utime(foreground.main, (now, now))
    eventually(lambda: len(foreground.pids()) == 2, "the service runs again")
    first, second = foreground.pids()
    assert (alive(first), alive(second)) == (False, True)


def test_ctrl_c_ends_it_with_its_service(foreground: Foreground) -> None:
    eventually(lambda: len(foreground.pids()) == 1, "the service runs")
    os.killpg(foreground.process.pid, signal.SIGINT)
    assert foreground.process.wait(PATIENCE_SECONDS) == 0
    assert not alive(foreground.pids()[0])


def test_a_service_that_ends_by_itself_ends_it_with_its_code(foreground: Foreground) -> None:
    eventually(lambda: len(foreground.pids()) == 1, "the service runs")
    os.kill(foreground.pids()[0], signal.SIGTERM)
    assert foreground.process.wait(PATIENCE_SECONDS) != 0

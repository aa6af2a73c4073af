"""Lines of a serving process go out together, in order; nothing is lost when it stops, and a warning waits for nothing."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shared.chassis.lines import LINES
from tests.waiting import until

ROOT = Path(__file__).parents[2]
Captured = pytest.CaptureFixture[str]
SERVER = """
import os, signal, sys
from contextlib import asynccontextmanager
from pathlib import Path
import structlog
from shared.chassis.app import create_app
from shared.chassis.serve import serve
from shared.chassis.settings import ServiceSettings

settings = ServiceSettings(port=0)

@asynccontextmanager
async def lifespan(app):
    log = structlog.get_logger("x")
    for number in range(100):
        log.info("line", number=number)
    {how}
    yield
    log.info("the last one")

def create():
    return create_app("back-test", Path("shared"), settings, lifespan=lifespan)

sys.modules["main"] = sys.modules["__main__"]
serve("main:create", settings)
"""


async def test_a_line_waits_a_moment_and_a_warning_does_not(capsys: Captured):
    with LINES.buffered():
        LINES.add(b"1")
        LINES.add(b"2")
        assert capsys.readouterr().out == ""
        LINES.add_now(b"3")
        assert capsys.readouterr().out == "1\n2\n3\n"
        LINES.add(b"4")
    assert capsys.readouterr().out == "4\n"


async def test_a_line_goes_out_by_itself_soon(capsys: Captured):
    with LINES.buffered():
        LINES.add(b"1")
        await until(lambda: capsys.readouterr().out == "1\n", "the line is written")


async def test_many_lines_do_not_wait(capsys: Captured):
    with LINES.buffered():
        LINES.add(b"x" * 70_000)
        assert len(capsys.readouterr().out) == 70_001


async def test_another_threads_line_is_written_at_once_after_those_that_wait(capsys: Captured):
    with LINES.buffered():
        LINES.add(b"1")
        await asyncio.to_thread(LINES.add, b"2")
        assert capsys.readouterr().out == "1\n2\n"


def test_outside_of_a_service_each_line_is_written_at_once(capsys: Captured):
    LINES.add(b"1")
    assert capsys.readouterr().out == "1\n"


@pytest.mark.parametrize(
    ("how", "last"),
    [
        ("os.kill(os.getpid(), signal.SIGTERM)", '"event":"the last one"'),
        ("raise RuntimeError", '"number":99'),
        ("sys.exit(3)", '"number":99'),
    ],
)
def test_nothing_is_lost_when_a_service_ends(how: str, last: str):
    ended = subprocess.run(
        [sys.executable, "-c", SERVER.replace("{how}", how)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    numbers = [line for line in ended.stdout.splitlines() if '"event":"line"' in line]
    assert len(numbers) == 100, ended.stdout + ended.stderr
    assert all(f'"number":{at}' in line for at, line in enumerate(numbers))
    assert last in ended.stdout
    assert ended.returncode in (-signal.SIGTERM, 0, 1, 3)

"""The supervisor starts along the graph, starts again what dies, and stops in reverse order."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stack.runner import board as states
from stack.runner.supervisor import Supervisor
from stack.topology import Probe, Service

from .toys import after, graph, once, toy


@pytest.fixture(autouse=True)
def stack_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STACK_DIR", str(tmp_path))
    return tmp_path


@asynccontextmanager
async def running(*services: Service) -> AsyncGenerator[Supervisor]:
    supervisor = Supervisor(graph(*services))
    task = asyncio.create_task(supervisor.run())
    try:
        yield supervisor
    finally:
        supervisor.ending.set()
        await task


async def until(supervisor: Supervisor, condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await supervisor.board.changed.wait()


def in_state(supervisor: Supervisor, **wanted: str) -> Callable[[], bool]:
    return lambda: all(supervisor.board.entries[name].state == state for name, state in wanted.items())


async def test_a_service_waits_for_what_it_needs(stack_dir: Path):
    go = stack_dir / "go"
    gate = f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)"
    async with running(
        toy("keys", gate, one_shot=True), toy("store", needs=once("keys")), toy("app", needs=after("store"))
    ) as it:
        await until(it, in_state(it, app=states.WAITING, store=states.WAITING))
        assert it.board.entries["store"].note == "for keys"
        go.touch()
        await until(it, in_state(it, keys=states.DONE, store=states.RUNNING, app=states.RUNNING))


async def test_a_failed_one_shot_holds_its_dependents_back():
    async with running(toy("keys", "raise SystemExit(3)", one_shot=True), toy("store", needs=once("keys"))) as it:
        await until(it, in_state(it, keys=states.FAILED))
        assert it.board.entries["keys"].note == "ended with code 3"
        assert it.board.entries["store"].state == states.WAITING


async def test_a_killed_service_is_started_again_and_said_so():
    async with running(toy("app")) as it:
        await until(it, in_state(it, app=states.RUNNING))
        first = it.board.entries["app"].pid
        assert first
        os.kill(first, signal.SIGKILL)
        await until(it, lambda: it.board.entries["app"].restarts == 1 and in_state(it, app=states.RUNNING)())
        assert it.board.entries["app"].pid != first
        assert "app was ended by SIGKILL" in it.board.news[0]


async def test_each_restart_waits_longer_than_the_one_before():
    async with running(toy("app", "raise SystemExit(1)")) as it:
        await until(it, lambda: len(it.board.news) == 3)
    waits = [float(sentence.split()[-2]) for sentence in it.board.news[:3]]
    assert waits == [0.5, 1.0, 2.0]


async def test_an_open_health_question_keeps_a_service_from_being_healthy():
    async with running(toy("app", probe=Probe("http", "http://127.0.0.1:1/health"))) as it:
        await until(it, in_state(it, app=states.STARTING))
        await asyncio.sleep(0.4)
        assert it.board.entries["app"].state == states.STARTING


async def test_callers_stop_before_what_they_need(stack_dir: Path):
    note = f"open({str(stack_dir / 'order')!r}, 'a').write"
    code = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit({note}('{name} ') and 0))\ntime.sleep(600)"
    store, app = (code.format(note=note, name=name) for name in ("store", "app"))
    async with running(toy("store", store), toy("app", app, needs=after("store"))) as it:
        await until(it, in_state(it, app=states.RUNNING))
        await asyncio.sleep(0.3)
    assert (stack_dir / "order").read_text() == "app store "


async def test_who_ignores_sigterm_is_killed_after_its_grace_period():
    deaf = (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\ntime.sleep(600)"
    )
    async with running(toy("app", deaf)) as it:
        await until(it, in_state(it, app=states.RUNNING))
        await asyncio.sleep(0.3)
    assert any("app did not stop within 1 s" in sentence for sentence in it.board.news)


async def test_output_is_kept(stack_dir: Path):
    async with running(toy("app", "print('hello'); raise SystemExit(0)", one_shot=True)) as it:
        await until(it, in_state(it, app=states.DONE))
    assert (stack_dir / "logs" / "app.log").read_text() == "hello\n"

"""The supervisor starts along the graph, starts again what dies, and stops in reverse order."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stack.runner import status as states
from stack.runner.supervisor import Supervisor
from stack.topology import Probe, Service
from tests.waiting import until

from .sample_programs import after, graph, once, toy


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


def states_of(supervisor: Supervisor) -> dict[str, str]:
    return {name: entry.state for name, entry in supervisor.status.entries.items()}


async def reached(supervisor: Supervisor, **expected: str) -> None:
    """Waits until these services are in these states."""
    await until(lambda: expected.items() <= states_of(supervisor).items(), f"the states {expected}")


async def test_a_service_waits_for_what_it_needs(stack_dir: Path):
    go = stack_dir / "go"
    gate = f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)"
    async with running(
        toy("keys", gate, one_shot=True), toy("store", needs=once("keys")), toy("app", needs=after("store"))
    ) as it:
        await reached(it, app=states.WAITING, store=states.WAITING)
        assert it.status.entries["store"].detail == "for keys"
        go.touch()
        await reached(it, keys=states.DONE, store=states.RUNNING, app=states.RUNNING)


async def test_a_failed_one_shot_holds_its_dependents_back():
    async with running(toy("keys", "raise SystemExit(3)", one_shot=True), toy("store", needs=once("keys"))) as it:
        await reached(it, keys=states.FAILED)
        assert it.status.entries["keys"].detail == "ended with code 3"
        assert it.status.entries["store"].state == states.WAITING


async def test_a_killed_service_is_started_again_and_said_so():
    async with running(toy("app")) as it:
        await reached(it, app=states.RUNNING)
        first = it.status.entries["app"].pid
        assert first
        os.kill(first, signal.SIGKILL)
        await until(lambda: it.status.entries["app"].restarts == 1, "it is started again")
        await reached(it, app=states.RUNNING)
        assert it.status.entries["app"].pid != first
        assert "app was ended by SIGKILL" in it.status.news[0]


async def test_each_restart_waits_longer_than_the_one_before():
    async with running(toy("app", "raise SystemExit(1)")) as it:
        await until(lambda: len(it.status.news) >= 3, "three failures are reported")
    waits = [float(sentence.split()[-2]) for sentence in it.status.news[:3]]
    assert waits == [0.5, 1.0, 2.0]


async def test_an_open_health_question_keeps_a_service_from_being_healthy():
    seen: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        seen.append(it.status.entries["app"].state)
        writer.write(b"HTTP/1.1 503 \r\n" if len(seen) < 5 else b"HTTP/1.1 200 \r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, running(toy("app", probe=Probe("http", f"http://127.0.0.1:{port}/health"))) as it:
        await reached(it, app=states.HEALTHY)
        assert seen == [states.STARTING] * 5


def ready_with(handler: str, stack_dir: Path, name: str) -> str:
    """A program that handles SIGTERM so, and says when it does."""
    announce = f"open({str(stack_dir / f'{name}.ready')!r}, 'w').close()"
    return f"import signal, sys, time\nsignal.signal(signal.SIGTERM, {handler})\n{announce}\ntime.sleep(600)"


async def is_ready(stack_dir: Path, name: str) -> None:
    await until((stack_dir / f"{name}.ready").exists, f"{name} handles SIGTERM")


async def test_callers_stop_before_what_they_need(stack_dir: Path):
    append = f"open({str(stack_dir / 'order')!r}, 'a').write"
    store, app = (
        ready_with(f"lambda *_: sys.exit({append}('{name} ') and 0)", stack_dir, name) for name in ("store", "app")
    )
    async with running(toy("store", store), toy("app", app, needs=after("store"))):
        await is_ready(stack_dir, "store")
        await is_ready(stack_dir, "app")
    assert (stack_dir / "order").read_text() == "app store "


async def test_who_ignores_sigterm_is_killed_after_its_grace_period(stack_dir: Path):
    async with running(toy("app", ready_with("signal.SIG_IGN", stack_dir, "app"))) as it:
        await is_ready(stack_dir, "app")
    assert any("app did not stop within 1 s" in sentence for sentence in it.status.news)


async def test_output_is_kept(stack_dir: Path):
    async with running(toy("app", "print('hello'); raise SystemExit(0)", one_shot=True)) as it:
        await reached(it, app=states.DONE)
    assert (stack_dir / "logs" / "app.log").read_text() == "hello\n"

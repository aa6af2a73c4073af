"""One supervised service: started when its needs are met, asked for health, started again with back-off."""

import asyncio
import contextlib
import os
import signal
import time

from stack.errors import is_full
from stack.native.privileges import die_with_parent
from stack.paths import ROOT, VENV
from stack.runner import status as states
from stack.runner.health import is_ready
from stack.runner.logs import Log
from stack.runner.status import ServiceStatus
from stack.setup.node import BIN as NODE_BIN
from stack.topology import COMPLETED, HEALTHY, Service

FIRST_POLL_SECONDS = 0.15
POLL_SECONDS = 10.0
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
STEADY_SECONDS = 30.0


class ServiceProcess:
    def __init__(self, service: Service, status: ServiceStatus) -> None:
        self.service = service
        self.status = status
        self.name = service.name
        self.process: asyncio.subprocess.Process | None = None
        self.task: asyncio.Task[None] | None = None
        self.delay = FIRST_DELAY_SECONDS

    def start(self) -> None:
        """Idempotent: a service that runs or waits already is left alone."""
        if self.task is None or self.task.done():
            self.delay = FIRST_DELAY_SECONDS
            self.task = asyncio.create_task(self._supervise(), name=self.name)

    async def stop(self) -> None:
        """Ends the process group: first politely, after the grace period by force."""
        if self.task is None or self.task.done():
            return
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    async def _supervise(self) -> None:
        try:
            await self._wait_for_needs()
            while await self._run_once():
                await asyncio.sleep(self.delay)
                self.delay = min(self.delay * 2, LONGEST_DELAY_SECONDS)
                self.status.entries[self.name].restarts += 1
        except asyncio.CancelledError:
            await self._end()
            self.status.set(self.name, states.STOPPED)
            raise
        except OSError as error:
            reason = "the disk is full" if is_full(error) else str(error)
            self.status.set(self.name, states.FAILED, reason)
            self.status.log(f"{self.name} cannot be started: {reason}.")

    async def _wait_for_needs(self) -> None:
        while missing := self._missing():
            self.status.set(self.name, states.WAITING, f"for {', '.join(missing)}")
            await self.status.changed.wait()

    def _missing(self) -> list[str]:
        return [need for need, condition in self.service.needs.items() if not self._is_met(need, condition)]

    def _is_met(self, need: str, condition: str) -> bool:
        entry = self.status.entries[need]
        match condition:
            case _ if condition == COMPLETED:
                return entry.state == states.DONE
            case _ if condition == HEALTHY:
                return entry.state in states.UP
            case _:
                return entry.pid is not None

    async def _run_once(self) -> bool:
        """One life of the process; True when it has to be started again."""
        log = Log(self.name)
        self.process = await self._spawn()
        self.status.entries[self.name].pid = self.process.pid
        self.status.set(self.name, states.STARTING)
        started = time.monotonic()
        health = asyncio.create_task(self._watch_health())
        try:
            await self._pump(log)
            code = await self.process.wait()
        finally:
            health.cancel()
            log.close()
        self._kill_group()
        self.status.entries[self.name].pid = None
        return self._judge(code, time.monotonic() - started)

    async def _spawn(self) -> asyncio.subprocess.Process:
        path = os.pathsep.join([str(NODE_BIN), str(VENV / "bin"), os.environ.get("PATH", "")])
        return await asyncio.create_subprocess_exec(
            *self.service.command,
            cwd=ROOT,
            env=dict(os.environ, PATH=path, PYTHONUNBUFFERED="1", **self.service.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    async def _pump(self, log: Log) -> None:
        assert self.process
        assert self.process.stdout
        while data := await self.process.stdout.read(65536):
            log.write(data)

    async def _watch_health(self) -> None:
        while not self.service.one_shot:
            ready = await is_ready(self.service.probe)
            entry = self.status.entries[self.name]
            up = states.RUNNING if self.service.probe.kind == "none" else states.HEALTHY
            if ready and entry.state != up:
                self.status.set(self.name, up)
            elif not ready and entry.state == up:
                self.status.set(self.name, states.UNHEALTHY, "does not answer")
            await asyncio.sleep(POLL_SECONDS if entry.state == up else FIRST_POLL_SECONDS)

    def _judge(self, code: int, lifetime: float) -> bool:
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        if self.service.one_shot:
            self.status.set(self.name, states.FAILED if code else states.DONE, how if code else "")
            return False
        if lifetime > STEADY_SECONDS:
            self.delay = FIRST_DELAY_SECONDS
        self.status.set(self.name, states.BACKING_OFF, how)
        self.status.log(f"{self.name} {how} after {lifetime:.0f} s; starting it again in {self.delay:g} s.")
        return True

    async def _end(self) -> None:
        if self.process is None or self.process.returncode is not None:
            return
        self.status.set(self.name, states.STOPPING)
        self.process.send_signal(signal.Signals[self.service.stop_signal])
        drain = asyncio.create_task(self._drain())
        try:
            await asyncio.wait_for(self.process.wait(), self.service.grace_seconds)
        except TimeoutError:
            self.status.log(f"{self.name} did not stop within {self.service.grace_seconds:g} s and was killed.")
        self._kill_group()
        await self.process.wait()
        drain.cancel()
        self.status.entries[self.name].pid = None

    async def _drain(self) -> None:
        """What it says at its end is kept, as far as the disk takes it."""
        with contextlib.suppress(OSError):
            await self._pump(Log(self.name))

    def _kill_group(self) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

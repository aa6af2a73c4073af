"""The process engine: `stack.subreaper` and its runner in the background, spoken to over the control socket."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from stack import settings, space, topology
from stack.commands import log_view
from stack.control_socket import Client, ask, is_running
from stack.engines import engine, ports, status_table, summary
from stack.engines.foreground import run_in_foreground
from stack.engines.measure import proportional_bytes
from stack.engines.progress import Progress
from stack.errors import StackError
from stack.paths import ROOT, data_dir, logs_dir, private, run_dir, secrets_dir, state_dir
from stack.runner import status as states
from stack.runner.logs import tail

PATIENCE_SECONDS = 600
ALLOWED_RESTARTS = 3
GOAL_SECONDS = 20
GOAL_BYTES = 2 * 1024**3
SPACE_MEBIBYTES = 512
SPACE_LEFT_MEBIBYTES = 16
"""What databases and logs of a new stack take, and what is too little for any of them to say so."""


class Processes:
    name = "process"

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self.settings = settings.load()

    def up(self) -> None:
        """Starts what is not running and waits until all is healthy. Raises StackError naming what is not, and why."""
        with engine.one_start_at_a_time():
            fresh = not is_running()
            if fresh:
                self._start_runner()
        try:
            seconds = self._follow()
        except KeyboardInterrupt:
            self.down()
            raise StackError("Stopped; nothing is left running.") from None
        summary.show(self.console, self.settings, self.accounts())
        if fresh:
            self._figures(seconds)

    def down(self) -> None:
        """Idempotent; returns when the last process has ended."""
        if is_running():
            pid = ask("down").get("pid")
            self.console.print("stopping …")
            while is_running() or ((run_dir() / "guard.pid").exists() and _alive(self._guard())):
                time.sleep(0.05)
            self.console.print(f"all processes have ended (runner {pid})")
        engine.forget()

    def status(self) -> None:
        self.console.print(status_table.table(ask("status"), proportional_bytes))

    def logs(self, service: str | None) -> None:
        names = topology.group(topology.load(self.settings), service) if service else list(topology.load(self.settings))
        log_view.follow(names, self.console)

    def stop(self, service: str) -> None:
        ask("stop", service)
        self.console.print(f"{service} is stopped; `make start S={service}` starts it again.")

    def start(self, service: str) -> None:
        ask("start", service)
        self._follow()

    def restart(self, service: str | None) -> None:
        ask("restart", service)
        self._follow()

    def run(self, service: str) -> int:
        """Takes a service out, runs it here with reload, and gives it back when it ends."""
        services = topology.load(self.settings)
        names = topology.group(services, service)
        with Client("hold", service) as runner:
            runner.answer()
            return run_in_foreground([services[name] for name in names], self.console)

    def reset(self) -> None:
        self.down()
        for folder in (data_dir(), secrets_dir(), logs_dir()):
            shutil.rmtree(folder, ignore_errors=True)
        self.console.print("all data, secrets and logs of this stack are removed")

    def accounts(self) -> str:
        file = secrets_dir() / "back-auth" / "demo_accounts.json"
        return file.read_text() if file.exists() else "[]"

    def _start_runner(self) -> None:
        """Its own one, unless somebody has started one that only does not answer yet (`stack.testing.isolated`)."""
        if self._is_starting():
            return
        ports.require_free(topology.load(self.settings))
        space.require(state_dir(), SPACE_MEBIBYTES, "a running stack")
        with (private(logs_dir()) / "runner.log").open("ab") as log:
            command = [sys.executable, "-m", "stack.subreaper"]
            guard = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        (private(run_dir(), passable=True) / "guard.pid").write_text(str(guard.pid))
        engine.remember(self.name)
        while not is_running():
            if guard.poll() is not None:
                raise StackError(f"The runner did not start: {' '.join(tail('runner', 1))}")
            time.sleep(0.02)

    def _is_starting(self) -> bool:
        """Whether there is a guard; if so, its runner answers on return."""
        while (run_dir() / "guard.pid").exists() and _is_guard(self._guard()):
            if is_running():
                return True
            time.sleep(0.02)
        return False

    def _follow(self) -> float:
        with Client("watch") as watch, Progress(self.console) as progress:
            watch.socket.settimeout(PATIENCE_SECONDS)
            before = {name: entry["restarts"] for name, entry in ask("status")["services"].items()}
            while status := self._next(watch):
                services = status["services"]
                progress.show(services)
                if all(entry["state"] in states.UP | {states.STOPPED} for entry in services.values()):
                    return progress.seconds
                _require_no_failure(services, before)
            raise StackError(f"The runner ended: {' '.join(tail('runner', 1))}")

    def _next(self, watch: Client) -> dict[str, Any] | None:
        try:
            return watch.answer()
        except TimeoutError:
            raise StackError(_not_up(ask("status")["services"])) from None

    def _figures(self, seconds: float) -> None:
        used = proportional_bytes(self._guard())
        verdict = "within" if seconds <= GOAL_SECONDS and used <= GOAL_BYTES else "beyond"
        self.console.print(
            f"\n  all healthy after {seconds:.1f} s, {used / 1024**2:.0f} MiB resident (PSS of all processes); "
            f"{verdict} the goals of {GOAL_SECONDS} s and {GOAL_BYTES // 1024**2} MiB"
        )

    def _guard(self) -> int:
        return int((run_dir() / "guard.pid").read_text())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _is_guard(pid: int) -> bool:
    """Not only some process that has got the number of a dead one."""
    try:
        return b"stack.subreaper" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _require_no_failure(services: Mapping[str, Mapping[str, Any]], before: Mapping[str, int]) -> None:
    broken = {
        name: entry
        for name, entry in services.items()
        if entry["state"] == states.FAILED or entry["restarts"] - before[name] > ALLOWED_RESTARTS
    }
    if broken:
        raise StackError(_not_up(broken))


def _not_up(services: Mapping[str, Mapping[str, Any]]) -> str:
    late = [name for name, entry in services.items() if entry["state"] not in states.UP]
    words = [f"{name} is {services[name]['state']} {services[name]['detail']}".strip() for name in late]
    lines = [f"  {name}: {line}" for name in late for line in tail(name, 20)]
    if space.free(state_dir()) < SPACE_LEFT_MEBIBYTES:
        words.append(f"the disk of {state_dir()} is full")
    return "\n".join([f"{'; '.join(words)}. The rest runs on; see `make logs S={late[0]}`, `make down`.", *lines])

"""A service under the developer's hands: in this terminal, started again when its files change."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from stack.native.privileges import die_with_parent
from stack.paths import ROOT, VENV
from stack.setup.node import BIN as NODE_BIN
from stack.topology import Service

WATCHED = {".py", ".yaml", ".sql", ".j2", ".html", ".txt", ".json", ".conf", ".yml"}
SKIPPED = {"node_modules", "__pycache__", "build", "tests", ".react-router"}
LOOK_SECONDS = 0.5


def run_in_foreground(services: Sequence[Service], console: Console) -> int:
    """Runs them until Ctrl-C or until one ends; gives its exit code. Standard input is theirs, for a debugger."""
    names = ", ".join(service.name for service in services)
    console.print(f"{names} runs here with reload; Ctrl-C gives it back to the stack.")
    before = _stamp(services)
    running = [_spawn(service) for service in services]
    try:
        while not any(process.poll() is not None for process in running):
            time.sleep(LOOK_SECONDS)
            if not services[0].reload and (now := _stamp(services)) != before:
                console.print("changed files: starting again")
                before = now
                _end(running)
                running = [_spawn(service) for service in services]
        return max(process.poll() or 0 for process in running)
    except KeyboardInterrupt:
        console.print()
        return 0
    finally:
        _end(running)


def _spawn(service: Service) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join([str(NODE_BIN), str(VENV / "bin"), os.environ.get("PATH", "")])
    environment = dict(os.environ, PATH=path, PYTHONUNBUFFERED="1", **service.environment)
    return subprocess.Popen(service.reload or service.command, cwd=ROOT, env=environment, preexec_fn=die_with_parent)


def _end(running: "Sequence[subprocess.Popen[bytes]]") -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _stamp(services: Sequence[Service]) -> float:
    """The newest change of a file that the services read."""
    folders = [ROOT / service.label for service in services] + [ROOT / "shared", ROOT / "back-redis"]
    return max((_newest(folder) for folder in folders), default=0.0)


def _newest(folder: Path) -> float:
    newest = 0.0
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED]
        files = (Path(place) / name for name in names if Path(name).suffix in WATCHED)
        newest = max([newest, *(file.stat().st_mtime for file in files)])
    return newest

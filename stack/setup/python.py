"""uv, pinned with its hashes, and the virtual environment out of uv.lock."""

import shutil
import sys

from stack.paths import HOME, PYTHON, ROOT, VENV
from stack.setup.steps import Step, execute

UV_HOME = HOME / "uv"
UV = UV_HOME / "bin" / "uv"
UV_REQUIREMENTS = ROOT / "stack" / "setup" / "uv-requirements.txt"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def install_uv() -> None:
    shutil.rmtree(UV_HOME, ignore_errors=True)
    execute("creating a virtual environment for uv", [sys.executable, "-m", "venv", UV_HOME])
    pip = [UV_HOME / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    execute("installing uv", [*pip, "--require-hashes", "--only-binary=:all:", "-r", UV_REQUIREMENTS])


def sync() -> None:
    python = sys.executable if sys.prefix == sys.base_prefix else str(PYTHON)
    environment = {
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_COMPILE_BYTECODE": "1",
        "UV_NO_PROGRESS": "1",
        "VIRTUAL_ENV": "",
    }
    execute("installing Python packages", [UV, "sync", "--frozen", "--python", python], environment)


STEPS = [
    Step("uv", "installing uv", [UV_REQUIREMENTS, VERSION], [UV], install_uv),
    Step("python", "installing Python packages", [ROOT / "uv.lock", ROOT / "pyproject.toml"], [PYTHON], sync),
]

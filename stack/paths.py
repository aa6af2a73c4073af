"""Where things lie. Everything that a running clone writes is below `.stack/`; STACK_DIR moves a second stack's state."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".stack"
CACHE = HOME / "cache"
NODE = HOME / "node"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def state_dir() -> Path:
    """Folder of this stack's data, logs, secrets and sockets; absolute."""
    return Path(os.environ.get("STACK_DIR") or HOME).resolve()


def data_dir() -> Path:
    return state_dir() / "data"


def logs_dir() -> Path:
    return state_dir() / "logs"


def run_dir() -> Path:
    return state_dir() / "run"


def secrets_dir() -> Path:
    return state_dir() / "secrets"


def private(folder: Path, *, passable: bool = False) -> Path:
    """`folder`, made if it is not there, for its owner alone, whatever the umask is or was.

    One that is `passable` can be walked through, though not listed, by the user nobody, whom root's servers run as.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711 if passable and os.geteuid() == 0 else 0o700)
    return folder

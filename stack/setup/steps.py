"""A step runs when the hash of its inputs has changed or an output is gone; its stamp remembers the hash."""

import contextlib
import hashlib
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError, explain
from stack.paths import CACHE, HOME, ROOT, private

SKIPPED_FOLDERS = {"node_modules", "build", ".react-router", "__pycache__", "tests", "test-results"}


@dataclass(frozen=True)
class Step:
    """`inputs` are files, folders or plain strings; `outputs` are paths that must exist afterwards."""

    name: str
    doing: str
    inputs: Sequence[Path | str]
    outputs: Sequence[Path]
    run: Callable[[], None]

    @property
    def stamp(self) -> Path:
        return CACHE / "stamps" / self.name

    def key(self) -> str:
        digest = hashlib.sha256(str(ROOT).encode())
        for item in self.inputs:
            digest.update(item.encode() if isinstance(item, str) else content_of(item))
        return digest.hexdigest()

    def is_done(self) -> bool:
        if not all(path.exists() for path in self.outputs):
            return False
        try:
            return self.stamp.read_text() == self.key()
        except FileNotFoundError:
            return False

    def perform(self) -> None:
        """Run and stamp. Raises StackError with the sentence for the terminal."""
        started = time.monotonic()
        print(f"  … {self.doing}", flush=True)
        key = self.key()
        self.run()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(key)
        print(f"  ✓ {self.doing}: {time.monotonic() - started:.1f} s", flush=True)


def content_of(path: Path) -> bytes:
    digest = hashlib.sha256()
    for file in sorted(_files(path)):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.digest()


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        found += [Path(folder) / name for name in names]
    return found


def execute(doing: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
    """Run a tool with its output kept in a log; a failure becomes one sentence."""
    log = HOME / "logs" / f"setup-{doing.replace(' ', '-').replace('/', '-')}.log"
    private(log.parent)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=dict(os.environ, **(environment or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # not the log itself: what a tool says of a full disk must reach us
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        with contextlib.suppress(OSError):
            log.write_bytes(done.stdout)
        raise StackError(explain(doing, done.stdout.decode(errors="replace"), str(log)))
    log.write_bytes(done.stdout)

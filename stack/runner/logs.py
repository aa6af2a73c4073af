"""One kept log a service: appended, and rotated when it grows."""

from pathlib import Path

from stack.paths import logs_dir, private

LIMIT_BYTES = 5 * 1024 * 1024


def path_of(service: str) -> Path:
    return logs_dir() / f"{service}.log"


class Log:
    """`<service>.log` and, after LIMIT_BYTES, `<service>.log.1`."""

    def __init__(self, service: str) -> None:
        self.path = path_of(service)
        private(self.path.parent)
        self.file = self.path.open("ab", buffering=0)
        self.size = self.file.tell()

    def write(self, data: bytes) -> None:
        """A full disk must not end the runner: what cannot be written is lost."""
        try:
            if self.size + len(data) > LIMIT_BYTES:
                self._rotate()
            self.size += self.file.write(data)
        except OSError:
            return

    def close(self) -> None:
        self.file.close()

    def _rotate(self) -> None:
        self.file.close()
        self.path.replace(self.path.with_suffix(".log.1"))
        self.file = self.path.open("ab", buffering=0)
        self.size = 0


def tail(service: str, lines: int) -> list[str]:
    """The last lines, oldest first; nothing when there is no log."""
    try:
        with path_of(service).open("rb") as file:
            file.seek(max(0, path_of(service).stat().st_size - lines * 2000))
            return file.read().decode(errors="replace").splitlines()[-lines:]
    except FileNotFoundError:
        return []

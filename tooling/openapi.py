"""`python -m tooling.openapi back-api`: the OpenAPI document of a service, made in-process with dummy settings.

Nothing is connected to: the lifespan does not run.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tooling.paths import ROOT

SECONDS = 60
Documents = dict[str, "dict[str, Any] | CannotRead"]


class CannotRead(Exception):
    """The service's application could not be made; the text is the last line that it printed."""


@cache
def document_of(service: str) -> dict[str, Any]:
    """The document of `service`.

    Raises:
        CannotRead: the service has no main.py, or `create()` fails.
    """
    found = documents_of([service])[service]
    if isinstance(found, CannotRead):
        raise found
    return found


def documents_of(services: Sequence[str], root: Path = ROOT) -> Documents:
    """The document of each of `services` below `root`, or why it cannot be had.

    Each is made in a process of its own, since services shadow each other's modules; what all import is loaded once before.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            printed = subprocess.run(  # noqa: S603 - our own module
                [sys.executable, "-m", "tooling.openapi_inside", folder, *services],
                cwd=root,
                env=os.environ | {"SECRETS_DIR": folder, "PYTHONPATH": str(root)},
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            ).stderr
        except subprocess.TimeoutExpired:
            printed = f"not made within {SECONDS} s"
        return {service: _read(Path(folder, service), printed) for service in services}


def _read(file: Path, printed: str) -> dict[str, Any] | CannotRead:
    document = file.with_suffix(".json")
    error = file.with_suffix(".error")
    if document.is_file():
        return json.loads(document.read_text(encoding="utf-8"))
    text = error.read_text(encoding="utf-8") if error.is_file() else printed
    return CannotRead(f"{file.name}: {(text.strip() or 'ended without a word').splitlines()[-1]}")


def main() -> int:
    known = [path.parent.name for path in sorted(Path(ROOT).glob("back-*/main.py"))]
    if len(sys.argv) != 2 or sys.argv[1] not in known:
        print(f"usage: python -m tooling.openapi {'|'.join(known)}", file=sys.stderr)
        return 2
    try:
        print(json.dumps(document_of(sys.argv[1]), indent=2, ensure_ascii=False))
    except CannotRead as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

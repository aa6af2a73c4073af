"""`python -m tooling.openapi back-api`: the OpenAPI document of a service, made in-process with dummy settings.

Nothing is connected to: the lifespan does not run.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tooling.paths import ROOT


class CannotTell(Exception):
    """The service's application could not be made; the text is the last line that it printed."""


@cache
def of(service: str, root: Path = ROOT) -> dict[str, Any]:
    """The document of `service` below `root`, made in a process of its own, since services shadow each other's modules.

    Raises:
        CannotTell: the service has no main.py, or `create()` fails.
    """
    if not (root / service / "main.py").is_file():
        raise CannotTell(f"{service}/main.py does not exist")
    with tempfile.TemporaryDirectory() as secrets:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tooling.openapi_inside", service],
            cwd=root,
            env=os.environ | {"SECRETS_DIR": secrets, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    if done.returncode:
        raise CannotTell(f"{service}: {(done.stderr.strip() or done.stdout.strip()).splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    known = [path.parent.name for path in sorted(Path(ROOT).glob("back-*/main.py"))]
    if len(sys.argv) != 2 or sys.argv[1] not in known:
        print(f"usage: python -m tooling.openapi {'|'.join(known)}", file=sys.stderr)
        return 2
    try:
        print(json.dumps(of(sys.argv[1]), indent=2, ensure_ascii=False))
    except CannotTell as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

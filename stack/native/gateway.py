"""The gateway without Kong: kong.yml rendered to nginx, checked, and run as nobody when root starts it."""

import os
import sys
from pathlib import Path

from stack.errors import StackError
from stack.gateway import process
from stack.gateway.__main__ import KONG_FILE, render_checked
from stack.gateway.upstream_addresses import from_environment
from stack.native.privileges import become, own
from stack.paths import run_dir


def main() -> None:
    out = run_dir() / "gateway"
    render_checked(KONG_FILE, out, from_environment())
    own(*(Path(folder) for folder, _, _ in os.walk(out)))
    for file in out.rglob("*"):
        own(file)
    os.chdir(out)
    become(process.command(out), needed=[out])


if __name__ == "__main__":
    try:
        main()
    except StackError as error:
        sys.exit(str(error))

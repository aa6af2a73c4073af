"""`python -m stack.gateway render KONG_YML OUT | run | reload`; see `--help`."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from stack.errors import StackError
from stack.gateway import process
from stack.gateway.render import render
from stack.gateway.upstream_addresses import UpstreamAddresses, from_environment
from stack.paths import ROOT, run_dir

KONG_FILE = ROOT / "back-gateway/kong.yml"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m stack.gateway", description="Renders kong.yml to nginx and runs it."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    rendering = commands.add_parser("render", help="write an nginx prefix folder and check it")
    rendering.add_argument("source", type=Path)
    rendering.add_argument("out", type=Path)
    for name, text in (
        ("run", "render, check and become nginx"),
        ("reload", "render, check and reload the running nginx"),
    ):
        running = commands.add_parser(name, help=text)
        running.add_argument("--source", type=Path, default=KONG_FILE)
        running.add_argument("--out", type=Path, default=run_dir() / "gateway")
    return parser.parse_args()


def render_checked(source: Path, out: Path, places: UpstreamAddresses) -> None:
    """`out` changes only when nginx accepts what would be written."""
    process.lend_output()
    with tempfile.TemporaryDirectory(prefix="gateway-") as trial:
        render(source, Path(trial), places)
        process.check(Path(trial))
    if (out / "conf").exists():
        shutil.rmtree(out / "conf")
    render(source, out, places)


def main() -> int:
    given = arguments()
    out = given.out.resolve()
    try:
        places = from_environment()
        render_checked(given.source, out, places)
        if given.command == "run":
            process.require_free(places)
            process.become(out)
        elif given.command == "reload":
            process.reload(out)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

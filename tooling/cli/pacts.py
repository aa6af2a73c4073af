"""`dashboard contracts pacts`: is what the consumers need what is committed?"""

from typing import Annotated

import typer

from tooling import pacts as kept
from tooling.cli.output import FOUND, CannotCheck, Json, console, print_json, refusing
from tooling.paths import ROOT

HOW = "Look at it, then: python -m tooling contracts pacts --write"


def pacts(
    write: Annotated[bool, typer.Option("--write/--check", help="Commit to them, or only say.")] = False,
    json_: Json = False,
) -> None:
    """Compare what the consumers' tests wrote at their last run (make test-pacts) with `shared/contracts/pacts`.

    Example:

      dashboard contracts pacts --write    (after a consumer needs something else)
    """
    with refusing(OSError):
        if not kept.read(kept.WRITTEN):
            raise CannotCheck("No consumer's test has written a pact yet. Run: make test-pacts")
        differing = list(kept.differences())
        if write:
            kept.accept()
    if json_:
        print_json({"differing": differing, "written": write})
    for what in differing if not json_ else ():
        console.print(f"{kept.COMMITTED.relative_to(ROOT)}/{what}", markup=False)
    if differing and not write:
        console.print(HOW, markup=False)
        raise typer.Exit(FOUND)

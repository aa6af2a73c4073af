"""`dashboard traces ...`: did what happened in the tests' run keep to what is declared?"""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from tooling.cli.boundaries import Root
from tooling.cli.changes import feature_names
from tooling.cli.output import CannotCheck, Json, console, print_json, refusing, show
from tooling.paths import ROOT
from tooling.traces import check as observed
from tooling.traces import spans

KEPT = Path(".stack", "tests", "traces")
app = typer.Typer(no_args_is_help=True, help="What really happened, by the spans of the tests' run.")
Folder = Annotated[
    Path | None,
    typer.Argument(help="The spans.", show_default="those of the running tests, else of the last `make test-observed`"),
]


@app.command()
def check(
    folder: Folder = None,
    feature: Annotated[
        list[str] | None, typer.Option(help="Only what its contract says.", autocompletion=feature_names)
    ] = None,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Compare what happened with boundaries.yaml and with the data_flow, events and messages of each contract, both ways.

    Examples:

      make test-observed; dashboard traces check

      make test F=bookmarks; dashboard traces check --feature bookmarks
    """
    began = time.perf_counter()
    with refusing(OSError, observed.NotReadable):
        found = observed.check(_run(folder, root), feature or ())
    show("traces", found, began, json_=json_)


@app.command()
def diagrams(
    folder: Folder = None,
    write: Annotated[bool, typer.Option("--write/--check", help="Draw docs/features anew, or only compare.")] = False,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Draw the sequence diagrams of docs/features from what happened, or say where they differ.

    Example:

      make test-observed; dashboard traces diagrams --write
    """
    began = time.perf_counter()
    with refusing(OSError, observed.NotReadable):
        run = _run(folder, root)
        if not write:
            show("diagrams", observed.diagrams(run), began, json_=json_)
        written = observed.write(run)
    if json_:
        print_json({"written": written})
    for path in written if not json_ else ():
        console.print(f"{path}: written", markup=False)


def _run(folder: Path | None, root: Path) -> observed.Run:
    place = folder or Path(os.environ.get("E2E_TRACES") or root / KEPT)
    found = spans.read(place)
    if not found:
        raise CannotCheck(f"there are no spans in {place}: run `make test-observed` first")
    return observed.Run(root, found)

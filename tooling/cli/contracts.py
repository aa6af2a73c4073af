"""`dashboard contracts ...`: is what was promised what runs, and what breaks when it changes?"""

import time
from pathlib import Path
from typing import Annotated

import typer

from shared.contracts.loader import UnreadableContract
from tooling import openapi
from tooling.cli.boundaries import Root
from tooling.cli.changes import diff, order
from tooling.cli.output import Json, console, print_json, refusing, show
from tooling.cli.pacts import pacts
from tooling.cli.release import release
from tooling.contracts import schemas as generated
from tooling.contracts.check import check as check_tree
from tooling.contracts.models import UnknownModel
from tooling.paths import ROOT

app = typer.Typer(no_args_is_help=True, help="What the services promise each other, feature by feature.")


@app.command()
def check(
    live: Annotated[bool, typer.Option(help="Also compare with the OpenAPI of each service, made in-process.")] = True,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Check every contract: its form, its schemas against shared/models, the services' own feature.yaml, versions and
    ranges, events against the code, endpoints against the live OpenAPI in both directions.

    Examples:

      dashboard contracts check

      dashboard contracts check --no-live    (half a second: all but OpenAPI)
    """
    began = time.perf_counter()
    with refusing(OSError):
        found = check_tree(root, (lambda services: openapi.documents_of(services, root)) if live else None)
    show("contracts", found, began, json_=json_)


@app.command()
def schemas(
    write: Annotated[bool, typer.Option("--write/--check", help="Bring them up to date, or only say.")] = False,
    json_: Json = False,
) -> None:
    """Generate the schemas.yaml of every contract from shared/models, AsyncAPI documents, and the schema of contracts themselves.

    Example:

      dashboard contracts schemas --write    (after a change in shared/models)
    """
    with refusing(UnknownModel, UnreadableContract, OSError):
        differing: list[Path] = generated.bring_up_to_date(write=write)
    if json_:
        print_json({"differing": differing, "written": write})
    for path in differing if not json_ else ():
        console.print(f"{path.relative_to(ROOT)}: {'written' if write else 'differs from shared.models'}", markup=False)
    if differing and not write:
        raise typer.Exit(1)


app.command()(diff)
app.command()(order)
app.command()(release)
app.command()(pacts)

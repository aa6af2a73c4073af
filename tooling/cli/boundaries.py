"""`dashboard boundaries ...`: is the code what boundaries.yaml declares?"""

import time
from pathlib import Path
from typing import Annotated

import typer

from shared.contracts.boundaries import Boundaries
from tooling.boundaries import check as check_tree
from tooling.boundaries import graph as drawn
from tooling.boundaries import migrations, read_declaration
from tooling.cli.output import CannotCheck, Json, console, print_json, refusing, show
from tooling.paths import ROOT

app = typer.Typer(no_args_is_help=True, help="Who may call whom, and what only one service may do.")


def _folder(root: Path) -> Path:
    with refusing():
        if not root.is_dir():
            raise CannotCheck(f"--root {root} is no folder: give the root of a clone, or leave it out")
    return root


Root = Annotated[Path, typer.Option(help="The tree to look at.", show_default="this repository", callback=_folder)]


def declared(root: Path) -> Boundaries:
    """The declaration below `root`.

    Raises:
        CannotCheck: it is not there, not YAML or not of its form; says where.
    """
    parsed = read_declaration(root)
    if isinstance(parsed, list):
        raise CannotCheck(str(parsed[0]))
    return parsed


@app.command()
def check(root: Root = ROOT, json_: Json = False) -> None:
    """Check imports, texts, settings, folders, gateway and compose against shared/contracts/boundaries.yaml.

    Each line names file, line and rule, why the rule exists, and where the code belongs instead.

    Examples:

      dashboard boundaries check

      dashboard boundaries check --json | jq '.found[].rule'
    """
    began = time.perf_counter()
    with refusing(OSError):
        found = check_tree(root)
    show("boundaries", found, began, json_=json_)


@app.command()
def seal(root: Root = ROOT) -> None:
    """Record the checksums of new migrations, so that a later edit of one is noticed; those of old ones stay.

    Example:

      dashboard boundaries seal
    """
    with refusing(OSError):
        new = migrations.seal(root)
    for path in new:
        console.print(f"{path}: sealed", markup=False)


@app.command()
def graph(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a diagram for Markdown.")] = False,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Show every service, what it does, and whom it may call.

    Examples:

      dashboard boundaries graph

      dashboard boundaries graph --mermaid > calls.mmd
    """
    with refusing():
        boundaries = declared(root)
    if json_:
        print_json(drawn.as_data(boundaries))
        return
    for line in drawn.as_mermaid(boundaries) if mermaid else drawn.as_text(boundaries):
        console.print(line, markup=False)

"""`dashboard field add FEATURE NAME TYPE`: a field from the database to the form."""

from typing import Annotated

import typer
from rich.text import Text

from tooling.cli.boundaries import Root
from tooling.cli.changes import feature_names
from tooling.cli.output import Json, console, print_json, refusing
from tooling.generator.field import add as adding
from tooling.generator.names import Refused
from tooling.paths import ROOT

app = typer.Typer(no_args_is_help=True, help="The fields of what a feature keeps.")
Feature = Annotated[str, typer.Argument(help="The name of its contract.", autocompletion=feature_names)]
Kind = Annotated[
    str, typer.Argument(help="Its type: line, text, url, email, bool, int, date, choice; with `?` optional.")
]
Most = Annotated[int | None, typer.Option("--max", help="So many characters at most, or so large a number.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say which files would change, and change none.")]
VERBS = {"A": "added", "M": "changed", "D": "removed"}


@app.callback()
def _field() -> None:
    """Keeps `add` a command of its own."""


@app.command()
def add(
    feature: Feature,
    name: Annotated[str, typer.Argument(help="The field, in small letters: due_on.")],
    kind: Kind,
    most: Most = None,
    default: Annotated[str | None, typer.Option(help="Of what is stored already, when it is not optional.")] = None,
    entity: Annotated[str | None, typer.Option(help="Which one, when the feature keeps several kinds.")] = None,
    dry_run: DryRun = False,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Carry a new field through models, migration, contract, types, form, summary, examples and pacts.

    The tree must hold no changes that are not committed. All checks are green afterwards, or nothing is changed.

    Examples:

      dashboard field add profile company "str?" --max 100

      dashboard field add bookmarks priority "int(1,5)" --default 3
    """
    with refusing(Refused, OSError):
        changed = adding.add(root, feature, _spec(name, kind, most), entity=entity, default=default, dry_run=dry_run)
    print_changes(changed, dry_run=dry_run, json_=json_)


def print_changes(changed: adding.Changed, *, dry_run: bool, json_: bool) -> None:
    """Prints what a command changed, or would."""
    if json_:
        print_json(
            {"changed": [{"path": path, "what": VERBS[letter]} for letter, path in changed], "written": not dry_run}
        )
        return
    for letter, path in changed:
        console.print(Text(f"{VERBS[letter]:8} {path}"))
    if dry_run:
        console.print(Text("nothing was written (--dry-run)", "dim"))


def _spec(name: str, kind: str, most: int | None) -> str:
    """As `field_types` reads it. Raises Refused when bounds are said twice."""
    if not kind.strip() or any(letter.isspace() for letter in name + kind.partition("(")[0]):
        raise Refused(f"{name!r} and {kind!r} are no field: write a name and a type, such as company line.")
    if most is None:
        return f"{name}:{kind}"
    plain = kind.removesuffix("?")
    if "(" in plain:
        raise Refused(f"Say the bounds of {name!r} once: in the type, or with --max.")
    bounds = f"0,{most}" if plain in ("int", "integer") else f"{most}"
    return f"{name}:{plain}({bounds}){kind[len(plain) :]}"

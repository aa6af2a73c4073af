"""`dashboard feature new NAME`: makes a feature, its whole column."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from tooling.cli import feature_questions
from tooling.cli.boundaries import Root
from tooling.cli.output import Json, console, errors, print_json, refusing
from tooling.generator import new as generator
from tooling.generator.feature import PAST, PATTERNS
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.generator.wish import Wish
from tooling.paths import ROOT

NAMED_BY_OPTION = {"event": "events"}
"""What options name otherwise than a wish."""
Fields = Annotated[
    str,
    typer.Option(
        help="`name:type`, with `?` when it may be left out: line(200), text(2000), url(2000), email, bool, int(0,100), date,"
        " choice(low,high)."
    ),
]


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Of its folders, paths and contract: bookmarks.")],
    pattern: Annotated[str, typer.Option(help=f"One of {', '.join(PATTERNS)}.")] = "crud",
    fields: Fields = "",
    entity: Annotated[str, typer.Option(help="One of them: bookmark.", show_default="the singular of NAME")] = "",
    ops: Annotated[
        str, typer.Option(help="Of crud: update, delete; the others are always there.", show_default="all")
    ] = "",
    event: Annotated[list[str] | None, typer.Option(help=f"What others hear of: {', '.join(PAST)}.")] = None,
    notify: Annotated[bool, typer.Option(help="Whether its owner is notified of a new one.")] = False,
    flag: Annotated[bool, typer.Option(help="Whether it is behind a feature flag, which is on by default.")] = True,
    owner: Annotated[str, typer.Option(help="The team that will remove the flag.")] = "team-tools",
    page: Annotated[
        str, typer.Option(help="Front and path.", show_default="front-public:/app/NAME, or front-admin:/NAME")
    ] = "",
    permission: Annotated[str, typer.Option(help="Of the pattern admin: who may.", show_default="NAME:write")] = "",
    icon: Annotated[str, typer.Option(help="Of lucide, for the navigation.")] = "shapes",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the files, and write nothing.")] = False,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Make a feature that people create, list, change and delete: contract, models, migration, services, pages, texts, tests.

    On a terminal it asks for what is not said, and Enter takes the default. Everything is rendered, generated and tested
    in a copy of the tree; the tree gets all of it when that is green, or nothing.

    Example:

      dashboard feature new bookmarks --fields "title:line(200) url:url(2000)" --event created --notify
    """
    began = time.perf_counter()
    events = ",".join(event or [])
    wish = Wish(name, fields, entity, ops, events, notify, page, icon, flag, owner, pattern, permission)
    with refusing(Refused, OSError):
        if sys.stdin.isatty() and not json_:
            wish = _completed(context, wish, root)
        feature = generator.feature_of(wish, root)
        if dry_run:
            changes = [("A", str(path)) for path in rendered(feature, root)]
        else:
            changes = generator.make(feature, root, _quiet if json_ else _step)
    _print(name, changes, began, dry_run=dry_run, json_=json_)


def _completed(context: typer.Context, wish: Wish, root: Path) -> Wish:
    """`wish`, with what somebody at a terminal answers."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = {
        NAMED_BY_OPTION.get(name, name) for name, source in sources.items() if source and source.name == "COMMANDLINE"
    }
    return feature_questions.completed(wish, given, lambda known: generator.feature_of(known, root), _ask, _show)


def _ask(text: str, default: feature_questions.Answer) -> feature_questions.Answer:
    if isinstance(default, bool):
        return typer.confirm(text, default=default)
    return typer.prompt(text if default else f"{text} [none]", default=default, show_default=bool(default))


def _show(why: str) -> None:
    errors.print(Text(f"  {why}", "red"))


def _step(what: str) -> None:
    console.print(Text(f"  {what} …", "dim"))


def _quiet(_: str) -> None:
    pass


def _print(name: str, changes: list[tuple[str, str]], began: float, *, dry_run: bool, json_: bool) -> None:
    made = [path for letter, path in changes if letter == "A"]
    changed = [path for letter, path in changes if letter != "A"]
    if json_:
        print_json({"feature": name, "made": made, "changed": changed, "written": not dry_run})
        return
    for line in _tree(made):
        console.print(line, markup=False)
    if changed:
        console.print(Text(f"and changed {', '.join(changed)}", "dim"))
    seconds = f"{time.perf_counter() - began:.0f} s"
    if dry_run:
        console.print(f"{len(made)} files would be made; nothing is written", markup=False)
        return
    console.print(Text(f"✓ {name}: {len(made)} files made, checked and tested, {seconds}", "bold green"))
    console.print("Yours to write: its rules, its words and its page. Then `make up`, and `make test F=" + name + "`.")


def _tree(paths: list[str]) -> list[str]:
    """Each folder once, its files indented below it."""
    lines: list[str] = []
    folder = ""
    for path in sorted(paths):
        if (parent := str(Path(path).parent)) != folder:
            folder = parent
            lines.append(f"{folder}/")
        lines.append(f"  {Path(path).name}")
    return lines

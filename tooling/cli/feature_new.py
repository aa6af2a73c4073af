"""`dashboard feature new NAME`: makes a feature, its whole column."""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from tooling.cli.boundaries import Root
from tooling.cli.output import Json, console, print_json, refusing
from tooling.generator import new as generator
from tooling.generator.feature import PAST, PATTERNS, Wish
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.paths import ROOT

FLAG_DAYS = 180
Fields = Annotated[
    str,
    typer.Option(
        help="`name:type`, with `?` when it may be left out: line(200), text(2000), url(2000), email, bool, int(0,100), date,"
        " choice(low,high)."
    ),
]


def new(
    name: Annotated[str, typer.Argument(help="Of its folders, paths and contract: bookmarks.")],
    pattern: Annotated[str, typer.Option(help=f"One of {', '.join(PATTERNS)}.")] = "crud",
    fields: Fields = "",
    entity: Annotated[str, typer.Option(help="One of them: bookmark.", show_default="the singular of NAME")] = "",
    ops: Annotated[
        str, typer.Option(help="Of crud: update, delete; the others are always there.", show_default="all")
    ] = "",
    event: Annotated[list[str] | None, typer.Option(help=f"What others hear of: {', '.join(PAST)}.")] = None,
    notify: Annotated[bool | None, typer.Option(help="Whether its owner is notified of a new one.")] = None,
    flag: Annotated[bool, typer.Option(help="Whether it is behind a feature flag, which is on by default.")] = False,
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

    On a terminal it asks for what is not said. Everything is rendered, generated and tested in a copy of the tree; the tree
    gets all of it when that is green, or nothing.

    Example:

      dashboard feature new bookmarks --fields "title:line(200) url:url(2000)" --event created --notify --flag
    """
    began = time.perf_counter()
    expires_on = f"{datetime.now(UTC).date() + timedelta(days=FLAG_DAYS)}" if flag else ""
    events = ",".join(event or [])
    wish = Wish(name, fields, entity, ops, events, bool(notify), page, icon, expires_on, owner, pattern, permission)
    if sys.stdin.isatty() and not json_:
        wish = _asked(wish, asks_for_events=event is None, asks_for_notice=notify is None)
    with refusing(Refused, OSError):
        feature = generator.feature_of(wish, root)
        if dry_run:
            changes = [("A", str(path)) for path in rendered(feature, root)]
        else:
            changes = generator.make(feature, root, _quiet if json_ else _step)
    _print(name, changes, began, dry_run=dry_run, json_=json_)


def _asked(wish: Wish, *, asks_for_events: bool, asks_for_notice: bool) -> Wish:
    """`wish`, with what somebody at a terminal adds to it."""
    fields = wish.fields or typer.prompt("Fields, such as title:line(200) url:url(2000) done:bool")
    events = wish.events
    if asks_for_events:
        events = typer.prompt(f"Events, some of {','.join(PAST)}; none when empty", default="", show_default=False)
    notify = wish.notify
    if asks_for_notice and "created" in events:
        notify = typer.confirm("Notify its owner of a new one?")
    return replace(wish, fields=fields, events=events, notify=notify)


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

"""`dashboard contracts diff` and `order`: what a change breaks, and in which order it goes out."""

import time
from dataclasses import asdict
from typing import Annotated, NoReturn

import typer
from rich.text import Text

from tooling.changes import baseline, revision
from tooling.changes.compare import compare
from tooling.changes.report import Report, report
from tooling.changes.snapshot import Snapshot
from tooling.cli.boundaries import Root, declared
from tooling.cli.output import FOUND, CannotCheck, Json, console, print_json, refusing
from tooling.cli.output import show as show_findings
from tooling.order import Layer, NoOrder, commands, plan
from tooling.order.containers import containers
from tooling.paths import ROOT

COLORS = {"major": "bold red", "minor": "yellow", "patch": "green", "none": "dim"}
BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base", help="Revision to compare with.", show_default="the last release, else where the branch began"
    ),
]


def readable(snapshot: Snapshot) -> Snapshot:
    """`snapshot`, of which nothing had to be left out.

    Raises:
        CannotCheck: a contract or manifest is broken; says where, and what to do.
    """
    for broken in snapshot.unreadable:
        raise CannotCheck(str(broken))
    return snapshot


def feature_names(incomplete: str) -> list[str]:
    """For completion."""
    return [name for name in sorted(Snapshot.from_folder(ROOT).contracts) if name.startswith(incomplete)]


Features = Annotated[
    list[str] | None,
    typer.Argument(
        help="Features by the name of their contract.", autocompletion=feature_names, show_default="changed"
    ),
]


def diff(
    base: BaseOption = None,
    released: Annotated[bool, typer.Option("--released", help="Compare with the last release, or not at all.")] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Demand what a release raises as well: services, ranges.")
    ] = False,
    only_patch: Annotated[bool, typer.Option("--patch", help="Print the patch alone, for git apply.")] = False,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Say what changed since the last release, whom it breaks, and which contracts' versions must follow, with a ready patch.

    A request that asks for more, and an answer that offers less, is a major change; an optional addition is a minor one.

    Examples:

      dashboard contracts diff

      dashboard contracts diff --base v1.2.0

      dashboard contracts diff --patch | git apply
    """
    began = time.perf_counter()
    with refusing(revision.NoRevision, OSError):
        found = baseline.last_release(root) if released else baseline.find(root, base)
        if found is None:
            _nothing_released(json_=json_, only_patch=only_patch)
        readable(Snapshot.from_folder(root))
        made = report(root, found.snapshot, found.what, release=release)
    if only_patch:
        print(made.patch, end="")
        raise typer.Exit(FOUND if made.findings else 0)
    if json_:
        print_json({"against": made.against, "changes": made.changes, "found": made.findings, "patch": made.patch})
        raise typer.Exit(FOUND if made.findings else 0)
    _print(made)
    show_findings("versions follow the changes", made.findings, began, json_=False)


def _nothing_released(*, json_: bool, only_patch: bool) -> NoReturn:
    """In the form that was asked for."""
    if json_:
        print_json({"against": None, "changes": [], "found": [], "patch": ""})
    elif not only_patch:
        console.print("nothing is released yet that could break")
    raise typer.Exit(0)


def _print(made: Report) -> None:
    console.print(Text(f"compared with {made.against}", "dim"))
    for change in made.changes:
        line = Text(f"{change.step:5}", COLORS[change.step]).append(f" {change.feature}", "bold")
        line.append(f" {change.service}".rstrip()).append(f" {change.place}: {change.text}")
        if change.affected:
            line.append(f"\n      affects {', '.join(change.affected)}", "dim")
        if change.used_by:
            line.append(f"\n      used by {', '.join(change.used_by)} (pact)")
        console.print(line)
    if not made.changes:
        console.print("no contract, event or shared name changed")
    if made.patch:
        console.print(Text("\nThis patch makes them follow (dashboard contracts diff --patch | git apply):", "bold"))
        console.print(made.patch, markup=False)


def order(
    features: Features = None,
    rollback: Annotated[bool, typer.Option("--rollback", help="The way back.")] = False,
    version: Annotated[
        str | None,
        typer.Option(
            "--version", help="Tag of the images.", show_default="this commit's name; the base's with --rollback"
        ),
    ] = None,
    base: BaseOption = None,
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Say in which order features go out: shared, data, backend, frontend; a line at once, the next when it is healthy.

    Without names: the features that changed since the base. Refuses circles by naming them. docs/deployment.md has the
    whole story.

    Examples:

      dashboard contracts order profile billing

      dashboard contracts order --rollback profile
    """
    with refusing(NoOrder, revision.NoRevision, OSError):
        boundaries = declared(root)
        new = readable(Snapshot.from_folder(root))
        names = list(dict.fromkeys(features or _changed(root, new, base)))
        try:
            layers = plan(new.contracts, boundaries, names, rollback=rollback)
        except NoOrder as error:
            if features and set(features) <= new.contracts.keys():
                console.print(Text("✗ ", "bold red").append(str(error)))
                raise typer.Exit(FOUND) from None
            raise CannotCheck(str(error)) from None
        tag = version or _tag(root, base, rollback=rollback)
        typed = [commands(layer, containers(root), tag, rollback=rollback) for layer in layers]
    if json_:
        layers_found = [asdict(layer) | {"commands": lines} for layer, lines in zip(layers, typed, strict=True)]
        print_json({"features": names, "rollback": rollback, "version": tag, "layers": layers_found})
        return
    _print_layers(names, list(zip(layers, typed, strict=True)), rollback=rollback)


def _tag(root: Root, base: str | None, *, rollback: bool) -> str:
    """What the images are called that go out, or that ran before; a tree that git does not know has `local` ones."""
    try:
        return revision.before(root, revision.find(root, base)) if rollback else revision.describe(root)
    except revision.NoRevision:
        return "local"


def _changed(root: Root, new: Snapshot, base: str | None) -> list[str]:
    changes = compare(baseline.find(root, base).snapshot, new)
    return sorted({change.feature for change in changes} & new.contracts.keys())


def _print_layers(names: list[str], layers: list[tuple[Layer, list[str]]], *, rollback: bool) -> None:
    console.print(Text(f"{'roll back' if rollback else 'deploy'} {', '.join(names) or 'nothing: no feature changed'}"))
    for number, (layer, typed) in enumerate(layers, start=1):
        console.print(Text(f"{number}. {layer.stage}: ", "bold").append(", ".join(layer.services)))
        for command in typed:
            console.print(Text(f"     {command}", "dim"))

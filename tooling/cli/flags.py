"""`dashboard flags`: the feature flags that contracts declare, and those whose day has come."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import typer
from rich.text import Text

from shared.contracts.flags import flags_of
from shared.contracts.loader import load
from shared.contracts.manifest import FeatureFlag
from tooling.cli.boundaries import Root
from tooling.cli.output import FOUND, Json, console, print_json
from tooling.paths import ROOT

app = typer.Typer(no_args_is_help=True, help="Feature flags as the contracts declare them.")


@app.command("list")
def list_(root: Root = ROOT, json_: Json = False) -> None:
    """List all flags: feature, default, owner, expiry date.

    Example:

      dashboard flags list
    """
    _print(_flags(root), json_=json_)


@app.command()
def stale(root: Root = ROOT, json_: Json = False) -> None:
    """List the flags whose expiry date has come: remove them from contract and code. Ends with 1 when there is one.

    What administrators have changed since, and what has been on for everybody for 30 days, shows the page /feature-flags.

    Example:

      dashboard flags stale
    """
    found = expired(_flags(root), datetime.now(UTC).date())
    _print(found, json_=json_)
    raise typer.Exit(FOUND if found else 0)


def expired(flags: Mapping[str, FeatureFlag], today: date) -> dict[str, FeatureFlag]:
    """Those of `flags`, by feature, whose day is today or earlier."""
    return {feature: flag for feature, flag in flags.items() if flag.expires_on <= today}


def _flags(root: Root) -> Mapping[str, FeatureFlag]:
    known, _ = load(root / "shared" / "contracts")
    return flags_of(contract for _, contract in known)


def _print(flags: Mapping[str, FeatureFlag], *, json_: bool) -> None:
    if json_:
        print_json([{"feature": feature, **flag.model_dump(mode="json")} for feature, flag in flags.items()])
        return
    for feature, flag in flags.items():
        state = "on" if flag.default else "off"
        console.print(Text(f"{flag.name:24} {feature:24} {state:4} {flag.owner:20} {flag.expires_on}"))
    if not flags:
        console.print("none")

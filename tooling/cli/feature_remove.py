"""`dashboard feature remove NAME`: takes a feature out of every service, or says who needs it."""

from typing import Annotated

import typer

from tooling.cli.boundaries import Root
from tooling.cli.changes import feature_names
from tooling.cli.field import DryRun, print_changes
from tooling.cli.output import Json, refusing
from tooling.generator.names import Refused
from tooling.generator.remove import remove as removing
from tooling.paths import ROOT

Feature = Annotated[str, typer.Argument(help="The name of its contract.", autocompletion=feature_names)]


def remove(feature: Feature, dry_run: DryRun = False, root: Root = ROOT, json_: Json = False) -> None:
    """Take a feature out of every service; new migrations answer its own, and all checks are green afterwards.

    Refuses what others need, and says who and why. The tree must hold no changes that are not committed.

    Examples:

      dashboard feature remove traces --dry-run
    """
    with refusing(Refused, OSError):
        changed = removing.remove(root, feature, dry_run=dry_run)
    print_changes(changed, dry_run=dry_run, json_=json_)

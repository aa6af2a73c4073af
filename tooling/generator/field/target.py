"""Where the fields of a feature's entity stand: found by its contract and the conventions of docs/decisions/0054."""

import re
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.loader import load
from shared.contracts.manifest import Contract, Endpoint
from tooling.generator.field import python_classes
from tooling.generator.names import Refused

MODELS = Path("shared", "models")
REPOSITORIES = Path("back-postgres", "repositories")
_ROWS = re.compile(r"^export const FIELDS = \{\n(.*?)^\} satisfies", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Target:
    """Of one entity; paths are those below the root of the tree."""

    contract: Contract
    models: Path
    create: str
    update: str | None
    entity: str
    table: str
    form: Path | None

    @property
    def api_path(self) -> str:
        """Of the endpoint of back-api that makes one."""
        return _create_endpoint(self.contract, self.create).path


def find(root: Path, feature: str, entity: str | None = None) -> Target:
    """The entity of `feature`, or the one that is named.

    Raises:
        Refused: there is no such feature or entity, or its columns or its form are written by hand.
    """
    contracts = {contract.name: contract for _, contract in load(root / "shared" / "contracts")[0]}
    if feature not in contracts:
        raise Refused(f"There is no feature {feature!r}; there are {', '.join(sorted(contracts))}.")
    contract = contracts[feature]
    made = _made(contract)
    if not made:
        raise Refused(f"Nobody makes an entity of {feature} by POST at back-api, so that it has no fields to add to.")
    if entity is not None and entity not in made:
        raise Refused(f"{feature} makes no entity {entity!r} by POST at back-api; it makes {', '.join(made)}.")
    name = entity or next(iter(made))
    create = made[name]
    models = _module(root, create)
    update = _update(contract, create, name)
    table = _table(root, create, name)
    return Target(contract, models, create, update, name, table, _form(root, feature, name))


def rows(text: str) -> re.Match[str] | None:
    """The rows of a form's `FIELDS`, as group 1."""
    return _ROWS.search(text)


def _made(contract: Contract) -> dict[str, str]:
    """By entity that a POST at back-api answers: the request that makes it."""
    endpoints = [one for one in contract.endpoints if one.method == "POST" and one.service == "back-api"]
    return {one.response[201] or "": one.request for one in endpoints if one.request and one.response.get(201)}


def _create_endpoint(contract: Contract, create: str) -> Endpoint:
    return next(one for one in contract.endpoints if one.service == "back-api" and one.request == create)


def _update(contract: Contract, create: str, entity: str) -> str | None:
    found = [
        one.request
        for one in contract.endpoints
        if one.service == "back-api"
        and one.method in ("PATCH", "PUT")
        and one.request
        and entity in one.response.values()
    ]
    return next((name for name in found if name != create and name.startswith(entity)), None)


def _module(root: Path, model: str) -> Path:
    for path in sorted((root / MODELS).glob("*.py")):
        if model in python_classes.classes(path.read_text(encoding="utf-8")):
            return path.relative_to(root)
    raise Refused(f"No module of shared/models has {model}.")


def _table(root: Path, create: str, entity: str) -> str:
    for path in sorted((root / REPOSITORIES).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"fields.names_of({create})" in text and (found := re.search(r"INSERT INTO (\w+)", text)):
            return found[1]
    raise Refused(
        f"No repository of back-postgres takes the columns of {entity} from its model (`fields.names_of({create})`), "
        "so that a column has to be added by hand."
    )


def _form(root: Path, feature: str, entity: str) -> Path | None:
    """None when no front has pages of the feature."""
    folders = [front / "app" / "features" / feature for front in sorted(root.glob("front-*"))]
    for path in [folder / "fields.ts" for folder in folders]:
        if path.is_file() and rows(path.read_text(encoding="utf-8")):
            return path.relative_to(root)
    if any(folder.is_dir() for folder in folders):
        raise Refused(
            f"The form of {entity} has no table FIELDS in a fields.ts, so that a field has to be added by hand."
        )
    return None

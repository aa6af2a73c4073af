"""Which features are only planned: they have a contract, and no service implements them yet."""

from dataclasses import replace
from pathlib import Path

from shared.contracts.manifest import Contract
from shared.contracts.source import Finding

COLUMNS = (
    "back-*/features/{name}",
    "front-*/app/features/{name}",
    "back-*/repositories/{word}_repository.py",
    "back-*/routes/{word}.py",
    "back-*/tasks/{word}.py",
)
"""Where a feature's code lies, by its name (`data-export`) or word (`data_export`)."""
MISSING = frozenset(
    {
        "contract-is-complete",
        "degradation-is-declared",
        "consumers-are-in-the-flow",
        "callers-are-dependents",
        "dependencies-are-satisfied",
        "schemas-exist",
        "event-types-are-known",
        "consumed-events-are-published",
        "published-events-are-consumed",
        "live-messages-are-declared",
    }
)
"""The rules of a contract's form that say what is missing; what the others find is wrong in a plan as well."""


def tree_of(contract: Path) -> Path:
    """The tree in which the file `contract` lies, or this one when it lies in a folder of its own."""
    return contract.parents[3] if contract.parents[2].name == "shared" else Path(__file__).parents[2]


def is_planned(root: Path, contract: Contract) -> bool:
    """Whether no service below `root` implements `contract`; true where no service's code lies, as in the image of shared."""
    names = {"name": contract.name, "word": contract.name.replace("-", "_")}
    if any(next(root.glob(pattern.format(**names)), None) for pattern in COLUMNS):
        return False
    return not any(_has(root / endpoint.service, endpoint.path) for endpoint in contract.endpoints)


def _has(service: Path, path: str) -> bool:
    """Whether code of `service` names `path`."""
    files = (file for file in service.rglob("*.py") if "tests" not in file.parts)
    return any(f'"{path}"' in file.read_text(encoding="utf-8", errors="replace") for file in files)


def as_todo(finding: Finding) -> Finding:
    """`finding`, about a feature that is only planned."""
    return replace(finding, todo=True)

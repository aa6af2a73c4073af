"""`shared/contracts/asyncapi/<service>.json`, from where the services serve them at `/asyncapi.json`."""

import json
from collections.abc import Iterator
from pathlib import Path

from shared.contracts import boundaries
from shared.contracts.loader import Known, load
from shared.contracts.source import Finding
from tooling.contracts.asyncapi.document import documents
from tooling.contracts.asyncapi.model import MessageModel

RULE = "asyncapi-as-the-manifests"
_FIX = "python -m tooling contracts schemas --write"


def fresh(root: Path, known: Known) -> dict[Path, str]:
    """What the files of the tree at `root` have to say.

    Raises:
        UnknownModel: a contract names a schema without a model.
    """
    declaration = boundaries.load(_contracts(root) / "boundaries.yaml")
    made = documents(MessageModel([contract for _, contract in known], declaration))
    return {_folder(root) / f"{name}.json": _text(document) for name, document in made.items()}


def stale(root: Path, known: Known) -> dict[Path, str | None]:
    """The files that differ, with what they have to say; None where there should be none."""
    expected: dict[Path, str | None] = dict.fromkeys(_folder(root).glob("*")) | dict(fresh(root, known))
    return {path: text for path, text in sorted(expected.items()) if text != _now(path)}


def check(root: Path, known: Known) -> Iterator[Finding]:
    for path, text in stale(root, known).items():
        file = path if path.is_file() else _contracts(root) / "boundaries.yaml"
        problem = f"{path.name} is not the AsyncAPI document of the manifests" if text else f"{path.name} is nobody's"
        yield Finding(file, 1, problem, _FIX, RULE)


def bring_up_to_date(root: Path, *, write: bool) -> list[Path]:
    """The files that differ; with `write` they are written, or taken away. Manifests that cannot be read are left out."""
    known, _ = load(_contracts(root))
    differing = stale(root, known)
    for path, text in differing.items() if write else ():
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return list(differing)


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _now(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _contracts(root: Path) -> Path:
    return root / "shared" / "contracts"


def _folder(root: Path) -> Path:
    return _contracts(root) / "asyncapi"

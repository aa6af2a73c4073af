"""The one loader of contracts: `feature.yaml`, which people write, with the generated `schemas.yaml` beside it."""

from functools import cache
from pathlib import Path
from typing import Any, cast

from shared.contracts.manifest import Contract
from shared.contracts.source import Finding, Source, from_text, read

FOLDER = Path(__file__).parent
WRITTEN = "feature.yaml"
GENERATED = "schemas.yaml"
Known = list[tuple[Source, Contract]]


class UnreadableContract(ValueError):
    """Says where, and what to do."""


@cache
def contracts() -> tuple[Contract, ...]:
    """The contracts of this release that can be read. Read once a process."""
    known, _ = load()
    return tuple(contract for _, contract in known)


def load(folder: Path = FOLDER) -> tuple[Known, list[Finding]]:
    """The contracts in `folder` that can be read, and what is wrong with the others."""
    known: Known = []
    broken: list[Finding] = []
    for path in paths(folder):
        source = read_contract(path)
        contract = source if isinstance(source, Finding) else source.parse(Contract)
        if isinstance(source, Source) and isinstance(contract, Contract):
            known.append((source, contract))
        else:
            broken += [contract] if isinstance(contract, Finding) else cast("list[Finding]", contract)
    return known, broken


def load_one(path: Path) -> Contract:
    """The contract whose `feature.yaml` is at `path`.

    Raises:
        UnreadableContract: it is no YAML, or not of its form.
    """
    source = read_contract(path)
    contract = [source] if isinstance(source, Finding) else source.parse(Contract)
    if isinstance(contract, list):
        raise UnreadableContract("\n".join(map(str, contract)))
    return contract


def paths(folder: Path = FOLDER) -> list[Path]:
    """The `feature.yaml` of each feature in `folder`."""
    return sorted(folder.glob(f"*/{WRITTEN}"))


def read_contract(path: Path) -> Source | Finding:
    """`feature.yaml` at `path` together with its schemas, or why one of the two cannot be read."""
    generated = path.with_name(GENERATED)
    return _joined(read(path), read(generated) if generated.is_file() else None)


def contract_of_texts(path: Path, written: str, generated: str | None) -> Source | Finding:
    """The same of the texts of both files; contracts of older releases have their schemas in the first."""
    schemas = from_text(path.with_name(GENERATED), generated) if generated is not None else None
    return _joined(from_text(path, written), schemas)


def _joined(written: Source | Finding, generated: Source | Finding | None) -> Source | Finding:
    if isinstance(written, Finding) or generated is None:
        return written
    if isinstance(generated, Finding):
        return generated
    if not isinstance(cast("object", written.data), dict):
        return written
    data: dict[str, Any] = {**cast("dict[str, Any]", written.data), "schemas": generated.data or {}}
    return Source(written.path, data, written.tree, generated)

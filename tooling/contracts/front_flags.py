"""`shared/front/features/flags.ts`: the feature flags that contracts declare, for the fronts, generated from the contracts."""

import json
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.check import load
from shared.contracts.cross_contract_rules import Known
from shared.contracts.source import Finding

RULE = "front-flags-are-generated"
FILE = Path("shared", "front", "features", "flags.ts")
_FIX = "python -m tooling contracts schemas --write"
_HEAD = f"""/** The flag of each feature that is behind one. Generated from shared/contracts by `{_FIX}`: do not edit. */
export const FLAGS: Readonly<Record<string, {{ name: string; default: boolean }}>> = {{"""


def render(known: Known) -> str:
    """The file, a line a feature."""
    flags = {contract.name: contract.feature_flag for _, contract in known if contract.feature_flag}
    lines = [
        f"  {_key(feature)}: {{ name: {json.dumps(flag.name)}, default: {json.dumps(flag.default)} }},\n"
        for feature, flag in sorted(flags.items())
    ]
    return f"{_HEAD}\n{''.join(lines)}}};\n" if lines else f"{_HEAD}}};\n"


def check(root: Path, known: Known) -> Iterator[Finding]:
    """Whether the file in the tree at `root` is up to date."""
    path = root / FILE
    if path.parent.is_dir() and _now(path) != render(known):
        yield Finding(path, 1, "the fronts' flags are not those of the contracts", _FIX, RULE)


def bring_up_to_date(root: Path, *, write: bool) -> list[Path]:
    """The file when it differs; with `write` it is written."""
    known, _ = load(root / "shared" / "contracts")
    text = render(known)
    path = root / FILE
    if _now(path) == text:
        return []
    if write:
        path.write_text(text, encoding="utf-8")
    return [path]


def _key(feature: str) -> str:
    return json.dumps(feature) if "-" in feature else feature


def _now(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None

"""`shared/front/features/flags.ts`: the feature flags that contracts declare, for the fronts, generated from the contracts."""

import json
from pathlib import Path

from shared.contracts.flags import flags_of
from shared.contracts.loader import Known
from shared.contracts.rules import WRITE
from tooling.contracts.generated_file import GeneratedFile

_HEAD = f"""/** The flag of each feature that is behind one. Generated from shared/contracts by `{WRITE}`: do not edit. */
export const FLAGS: Readonly<Record<string, {{ name: string; default: boolean }}>> = {{"""


def render(known: Known) -> str:
    """The file, a line a feature."""
    flags = flags_of(contract for _, contract in known)
    lines = [
        f"  {_key(feature)}: {{ name: {json.dumps(flag.name)}, default: {json.dumps(flag.default)} }},\n"
        for feature, flag in sorted(flags.items())
    ]
    return f"{_HEAD}\n{''.join(lines)}}};\n" if lines else f"{_HEAD}}};\n"


def _key(feature: str) -> str:
    return json.dumps(feature) if "-" in feature else feature


FLAGS = GeneratedFile(
    Path("shared", "front", "features", "flags.ts"),
    render,
    "front-flags-are-generated",
    "the fronts' flags are not those of the contracts",
)

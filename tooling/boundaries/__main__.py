"""`python -m tooling.boundaries [ROOT]`: prints what breaks a rule of boundaries.yaml; exits with 1 when something does."""

import sys
import time
from pathlib import Path

import yaml
from pydantic import ValidationError

from tooling.boundaries import check
from tooling.paths import ROOT


def main() -> int:
    started = time.perf_counter()
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    try:
        found = check(root)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        print(f"shared/contracts/boundaries.yaml cannot be used: {error}", file=sys.stderr)
        return 2
    for violation in found:
        print(violation)
    print(f"boundaries: {len(found)} violations, {time.perf_counter() - started:.1f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

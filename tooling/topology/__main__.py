"""`python -m tooling.topology [--check]`: writes docs/topology.svg, or says that it is out of date."""

import sys

from shared.contracts import boundaries
from tooling.paths import ROOT
from tooling.topology.svg import draw

PICTURE = ROOT / "docs" / "topology.svg"


def main() -> int:
    fresh = draw(boundaries.load())
    if "--check" in sys.argv:
        if PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == fresh:
            return 0
        print("docs/topology.svg differs from shared/contracts/boundaries.yaml. Fix: python -m tooling.topology")
        return 1
    PICTURE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

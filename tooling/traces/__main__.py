"""`python -m tooling.traces [FOLDER]`: do the calls of a run (its spans, else those in $E2E_TRACES) match the declaration?"""

import os
import sys
from pathlib import Path

from shared.contracts import boundaries
from tooling.paths import ROOT
from tooling.traces import comparison, graph, spans


def main() -> int:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("E2E_TRACES", "")
    found = spans.read(Path(folder)) if folder else []
    if not found:
        print(f"There are no spans in {folder or '$E2E_TRACES'}: run the stack with TRACES_DIR.", file=sys.stderr)
        return 2
    seen = graph.calls(found)
    differences = comparison.compare(seen, boundaries.load(), comparison.read_flows(ROOT / "shared" / "contracts"))
    for difference in differences:
        print(difference)
    print(f"observed: {len(found)} spans, {len(seen)} different calls, {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a feature's consumers need by now, put into the committed pacts in place of what they needed before."""

import json
import sys
from pathlib import Path

from tooling import pacts
from tooling.generator.scratch import Scratch

FRONT = ["--config", "tests/pacts/vitest.config.ts"]


def bring_up_to_date(scratch: Scratch, *features: str) -> None:
    """Runs the features' own consumer tests in the copy, and accepts what they write.

    Raises:
        Refused: one of them is red.
    """
    root = scratch.root
    modules = [f"test_{feature.replace('-', '_')}.py" for feature in features]
    backs = [path for module in modules if (path := root / "back-api" / "tests" / "pacts" / module).is_file()]
    if backs:
        scratch.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, backs)],
            more_path=[root / "back-api"],
        )
    patterns = [f"front-*/app/features/{feature}/*.pact.test.ts" for feature in features]
    fronts = [path.relative_to(root).as_posix() for pattern in patterns for path in root.glob(pattern)]
    if fronts:
        scratch.run(["node", "node_modules/.bin/vitest", "run", *FRONT, *sorted(fronts)])
    accept(root / ".stack" / "pacts", root / "shared" / "contracts" / "pacts")


def accept(written: Path, committed: Path) -> None:
    """Each interaction that was written replaces the committed one of the same description; others stay."""
    for name, text in pacts.read(written).items():
        file = committed / name
        new = json.loads(text)
        asked = {one["description"]: one for one in new["interactions"]}
        if file.is_file():
            kept = json.loads(file.read_text(encoding="utf-8"))
            before = [one for one in kept["interactions"] if one["description"] not in asked]
            new["interactions"] = [*before, *asked.values()]
        file.write_text(pacts.normal(new), encoding="utf-8")

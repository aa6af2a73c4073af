"""`python -m tests.generator.columns FEATURE...`: all checks, types and tests of generated features, on one stack for all of them."""

import sys
from collections.abc import Sequence

from rich.console import Console

from stack.errors import StackError
from stack.paths import NODE, ROOT
from stack.setup import node
from stack.setup.main import perform
from stack.testing import report
from stack.testing.main import interrupt_on_sigterm, run_all
from stack.testing.running import Result
from stack.testing.selection import tasks_for_feature
from stack.testing.tasks import BIN, Task


def tasks(features: Sequence[str]) -> list[Task]:
    """Each once: the checks of all features are one task."""
    found = [task for feature in features for task in tasks_for_feature(feature)]
    own = {(task.part, task.name): task for task in (*_types(features), *found)}
    return list(own.values())


def _types(features: Sequence[str]) -> list[Task]:
    words = [word for feature in features for word in (feature, feature.replace("-", "_"))]
    python = sorted({str(path) for word in words for path in ROOT.glob(f"*/**/*{word.rstrip('s')}*/*.py")})
    npm = [str(NODE / "bin" / "npm"), "run", "types"]
    return [
        Task("types", "tsc", npm, ROOT / "tsconfig.json"),
        Task("types", "pyright", [str(BIN / "pyright"), *python], ROOT / "pyproject.toml"),
        Task(
            "lint", "biome", [str(NODE / "bin" / "node"), "node_modules/.bin/biome", "check", "."], ROOT / "biome.json"
        ),
        Task("lint", "ruff", [str(BIN / "ruff"), "check", "-q", "."], ROOT / "pyproject.toml"),
        Task(
            "lint",
            "style",
            [str(BIN / "python"), "-m", "pytest", "-q", "tests/style"],
            ROOT / "tests" / "style",
            "pytest",
        ),
    ]


def main(features: Sequence[str]) -> int:
    console = Console(highlight=False, width=160)

    def show(result: Result) -> None:
        report.show_line(console, result)

    perform(node.builds())
    results = run_all(tasks(features), show)
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    interrupt_on_sigterm()
    try:
        sys.exit(main(sys.argv[1:]))
    except StackError as error:
        sys.exit(f"✗ {error}")

"""`python -m tests.generator.columns FEATURE...`: all checks, types and tests of generated features, on one stack for all of them."""

import sys
from collections.abc import Sequence

from rich.console import Console

from stack.errors import StackError
from stack.paths import NODE, ROOT
from stack.setup import node
from stack.setup.main import perform
from stack.testing import report
from stack.testing.main import beside, interrupt_on_sigterm, run_all
from stack.testing.running import Result
from stack.testing.selection import tasks_for_features
from stack.testing.tasks import BIN, PYTHON, Task, npm, pytest


def tasks(features: Sequence[str]) -> list[Task]:
    """Each once for all features."""
    return [*_types(features), *tasks_for_features(*features), _observed(features)]


def _types(features: Sequence[str]) -> list[Task]:
    words = [word for feature in features for word in (feature, feature.replace("-", "_"))]
    python = sorted({str(path) for word in words for path in ROOT.glob(f"*/**/*{word.rstrip('s')}*/*.py")})
    config = ROOT / "pyproject.toml"
    return [
        Task("types", "tsc", [str(NODE / "bin" / "npm"), "run", "types"], ROOT / "tsconfig.json"),
        Task("types", "pyright", [str(BIN / "pyright"), *python], config),
        npm("lint", "biome", ROOT / "biome.json", "biome", "check", "."),
        Task("lint", "ruff", [str(BIN / "ruff"), "check", "-q", "."], config),
        pytest("lint", "style", ROOT / "tests" / "style"),
    ]


def _observed(features: Sequence[str]) -> Task:
    """What happened in their stories and integration tests, against what their contracts say."""
    named = [word for feature in features for word in ("--feature", feature)]
    command = [str(PYTHON), "-m", "tooling", "traces", "check", *named]
    return Task("observed", "flows, events", command, ROOT / "tooling", on_stack=True)


def main(features: Sequence[str]) -> int:
    console = Console(highlight=False, width=160)
    results = list[Result]()

    def show(result: Result) -> None:
        results.append(result)
        report.show_line(console, result)

    todo = tasks(features)
    with beside(lambda: run_all([task for task in todo if not task.on_stack], show)):
        perform(node.builds())
        run_all([task for task in todo if task.on_stack], show)
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    interrupt_on_sigterm()
    try:
        sys.exit(main(sys.argv[1:]))
    except StackError as error:
        sys.exit(f"✗ {error}")

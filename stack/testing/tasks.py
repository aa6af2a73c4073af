"""What there is to run, by part. A task is one command; its report file, when it has one, counts the single tests."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from stack.paths import NODE, PYTHON, ROOT
from stack.testing.changed import unchanged_since

BIN = PYTHON.parent
BACKS = [
    "back-api",
    "back-auth",
    "back-cassandra",
    "back-gateway",
    "back-postgres",
    "back-redis",
    "back-websockets",
    "back-workers",
]
FRONTS = ["front-public", "front-admin"]
CHECKS_ON_CHECKS = {
    "tooling": ("tooling", "tests/violations", "shared/contracts/*.py"),
    "recipes": ("tooling", "tests/recipes", "tests/violations/sample", "CONTRIBUTING.md", "shared/contracts/*.py"),
    "stack": ("stack", "tests/stack", "docker-compose.yml"),
    "violations": ("tooling", "tests/violations", "shared/contracts/*.py", "shared/contracts/boundaries.yaml"),
}
"""Tests of what checks and runs the others, by task: who changes none of these folders need not wait for them."""
WITHOUT_SERVERS = ["shared", "tooling"]


@dataclass(frozen=True)
class Task:
    """`needs` is a folder without which it is skipped, `engine` the one without which it is.

    `after_stack` are those with a stack of their own: two at once are too much for one machine.
    `report` says who writes the JUnit file: pytest, vitest, playwright; `also_for` are parts that are worth nothing without it.
    `unchanged` says since when nothing changed that it is about, when that is a reason to leave it out.
    `low_priority` are those that only compute: they leave the processor to whoever has somebody waiting for an answer.
    """

    part: str
    name: str
    command: list[str]
    needs: Path
    report: str = ""
    on_stack: bool = False
    environment: dict[str, str] = field(default_factory=dict[str, str])
    engine: str = ""
    also_for: tuple[str, ...] = ()
    low_priority: bool = False
    unchanged: str = ""
    after_stack: bool = False

    def skip_reason(self) -> str:
        """The reason why it cannot run here; empty when it can."""
        if not self.needs.exists():
            return f"{self.needs.relative_to(ROOT)} is not there"
        if self.engine and self.engine != (os.environ.get("ENGINE") or "process"):
            return f"runs on containers only: make test-{self.part} ENGINE={self.engine}"
        if self.unchanged:
            return f"nothing of it changed since {self.unchanged}: `make test` runs it, and so does CI"
        return ""


def pytest(part: str, name: str, folder: Path, *options: str, on_stack: bool = False) -> Task:
    """One process a service, whose folder is an import root of its own."""
    roots = f"{ROOT / name}:{ROOT}" if name in BACKS else str(ROOT)
    command = [str(PYTHON), "-m", "pytest", "-q", str(folder.relative_to(ROOT)), *options]
    return Task(part, name, command, folder, "pytest", on_stack, {"PYTHONPATH": roots})


def dashboard(part: str, name: str, *arguments: str) -> Task:
    """A check of the command line."""
    return Task(part, name, [str(PYTHON), "-m", "tooling", *arguments], ROOT / "tooling")


def node_tool(name: str, *arguments: str) -> list[str]:
    """The command of an npm package, without npx between: whoever is ended is then the tool itself."""
    return [str(NODE / "bin" / "node"), str(ROOT / "node_modules" / ".bin" / name), *arguments]


def npm(part: str, name: str, needs: Path, *command: str, report: str = "", on_stack: bool = False) -> Task:
    return Task(part, name, node_tool(*command), needs, report, on_stack)


def all_tasks() -> list[Task]:
    """In the order in which they are worth knowing: the cheap ones first."""
    generated = pytest("generator", "generated features", ROOT / "tests" / "generator")
    beside = [*_checks(), *_units(), *_fronts(), *_pacts(), *_integrations()]
    return [*beside, *_on_the_stack(), replace(generated, after_stack=True)]


def chosen(part: str | None, service: str | None) -> Iterable[Task]:
    """One part, or one service's own tests, or everything. One part leaves out the tests of checks that nobody touched."""
    for task in all_tasks():
        if part in (None, task.part, *task.also_for) and service in (None, task.name):
            yield _unless_unchanged(task) if part and not service else task


def _unless_unchanged(task: Task) -> Task:
    about = CHECKS_ON_CHECKS.get(task.name, ())
    return replace(task, unchanged=unchanged_since(about)) if about and not os.environ.get("CI") else task


def _checks() -> list[Task]:
    config = ROOT / "pyproject.toml"
    checks = [
        Task("lint", "ruff", [str(BIN / "ruff"), "check", "-q", "."], config),
        Task("lint", "ruff format", [str(BIN / "ruff"), "format", "--check", "-q", "."], config),
        npm("lint", "biome", ROOT / "biome.json", "biome", "check", "."),
        Task("types", "pyright", [str(BIN / "pyright")], config),
        Task("types", "tsc", [str(NODE / "bin" / "npm"), "run", "types"], ROOT / "tsconfig.json"),
        dashboard("boundaries", "boundaries", "boundaries", "check"),
        dashboard("contracts", "declared and running", "contracts", "check"),
        dashboard("contracts", "since the last release", "contracts", "diff", "--released"),
        pytest("contracts", "contracts", ROOT / "tests" / "contracts"),
        pytest("contracts", "violations", ROOT / "tests" / "violations", "-m", "not integration"),
        pytest("contracts", "docs", ROOT / "tests" / "docs"),
        pytest("contracts", "recipes", ROOT / "tests" / "recipes"),
        pytest("lint", "style", ROOT / "tests" / "style"),
    ]
    return [replace(check, low_priority=True) for check in checks]


def _units() -> list[Task]:
    marked = "not integration and not pact"
    units = [
        pytest("unit", name, folder, "-m", marked) for name, folder in _folders([*WITHOUT_SERVERS, *BACKS]).items()
    ]
    return [replace(unit, low_priority=unit.name in WITHOUT_SERVERS) for unit in units]


def _folders(names: list[str]) -> dict[str, Path]:
    return {name: ROOT / name / "tests" for name in names} | {"stack": ROOT / "tests" / "stack"}


def _fronts() -> list[Task]:
    shared = npm("front", "shared/front", ROOT / "shared" / "front", "vitest", "run", "shared/front", report="vitest")
    return [shared, *(npm("front", name, ROOT / name, "vitest", "run", name, report="vitest") for name in FRONTS)]


def _pacts() -> list[Task]:
    """Consumers first: they write down what they need."""
    tests = ROOT / "tests" / "pacts"
    config = ["--config", "tests/pacts/vitest.config.ts"]
    return [
        npm("pacts", "consumers, fronts", tests, "vitest", "run", *config, report="vitest"),
        pytest("pacts", "back-api", ROOT / "back-api" / "tests" / "pacts"),
        dashboard("pacts", "committed", "contracts", "pacts"),
        pytest("pacts", "providers", tests),
    ]


def _integrations() -> list[Task]:
    folders = _folders(BACKS) | {"violations": ROOT / "tests" / "violations"}
    return [pytest("integration", name, folder, "-m", "integration") for name, folder in folders.items()]


def _on_the_stack() -> list[Task]:
    tests = ROOT / "tests"
    traces = ROOT / "tooling" / "traces"
    command = [str(PYTHON), "-m", "tooling", "traces"]
    observed = [
        Task("observed", name, [*command, *arguments], traces, on_stack=True, engine="process")
        for name, arguments in {"calls, flows, events": ["check"], "diagrams": ["diagrams", "--check"]}.items()
    ]
    playwright = ["playwright", "test", "-c", "tests/e2e/playwright.config.ts"]
    pages = [*playwright, "--project=pages"]
    stories = [*playwright, "--project=stories"]
    degradation = [*playwright, "--project=degradation"]
    return [
        # first: nothing has changed yet what the demo data show
        replace(npm("e2e", "pages", tests / "e2e", *pages, report="playwright", on_stack=True), also_for=("observed",)),
        replace(
            pytest("integration", "through the gateway", tests / "integration", on_stack=True), also_for=("observed",)
        ),
        replace(
            npm("e2e", "stories", tests / "e2e", *stories, report="playwright", on_stack=True), also_for=("observed",)
        ),
        *observed,  # before anything is taken away: the flows are those of a stack that is well
        npm("e2e", "degradation", tests / "e2e" / "degradation", *degradation, report="playwright", on_stack=True),
        pytest("resilience", "resilience", tests / "resilience", on_stack=True),
        pytest("properties", "properties", tests / "properties", on_stack=True),
        replace(pytest("network", "network", tests / "containers", on_stack=True), engine="docker"),
    ]

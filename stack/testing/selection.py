"""What `make test T=path` and `make test F=feature` run."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from stack.errors import StackError
from stack.paths import ROOT
from stack.testing.tasks import BACKS, Task, dashboard, npm, pytest

ON_STACK = ("tests/integration", "tests/resilience", "tests/properties", "tests/containers")
REPOSITORIES = ("back-postgres/", "back-cassandra/")
_SERVERS = re.compile(r"^pytestmark = \[?pytest\.mark\.integration", re.MULTILINE)
LEFT_OUT = (
    "integration tests outside its own folders and the repositories, resilience, properties, degradation, network, observed flows, pacts on their providers, and the tests of the checks "
    "(tooling, stack, violations); `make test` runs them"
)
"""Of a feature: what needs a whole run, or is about all features."""


def task_for_path(path_name: str) -> Task:
    """The one task that runs the test file (or folder, or `file::test`) `wanted`, with the environment that it needs.

    Raises:
        StackError: there is none, or it holds no tests.
    """
    name = path_name.partition("::")[0]
    path = Path(name).resolve()
    if not path.exists() or not path.is_relative_to(ROOT):
        raise StackError(f"There is no {name} in this clone.")
    known = path.relative_to(ROOT).as_posix()
    if known.endswith((".test.ts", ".test.tsx")):
        return _of_typescript(known)
    if path.is_file() and not (path.name.startswith("test_") and path.suffix == ".py"):
        raise StackError(f"{known} is no test: name a test_*.py, a *.test.ts(x), or a folder with tests in Python.")
    return _of_python("file", [known + path_name[len(name) :]])


def _of_python(part: str, paths: list[str], *options: str) -> Task:
    """`paths` belong to one service, or to none."""
    home = paths[0].partition("/")[0]
    task = pytest(part, home if home in BACKS else paths[0], ROOT / paths[0].partition("::")[0], *options)
    command = task.command[: task.command.index("-q") + 1]
    on_stack = paths[0].startswith(ON_STACK)
    return replace(task, command=[*command, *paths, *options], on_stack=on_stack, name=_named(home, paths))


def _of_typescript(path: str) -> Task:
    needs = ROOT / path
    if path.startswith("tests/e2e/"):
        return _stories("file", [path], _project(path))
    if path.endswith((".pact.test.ts", ".pact.test.tsx")):
        config = ["--config", "tests/pacts/vitest.config.ts"]
        return npm("file", path, needs, "vitest", "run", *config, path, report="vitest")
    return npm("file", path, needs, "vitest", "run", path, report="vitest")


def _project(path: str) -> str:
    if path == "tests/e2e/pages.test.ts":
        return "pages"
    return "degradation" if path.startswith("tests/e2e/degradation/") else "stories"


def _stories(part: str, paths: list[str], project: str = "stories") -> Task:
    command = ["playwright", "test", "-c", "tests/e2e/playwright.config.ts", f"--project={project}", *paths]
    return npm(part, _named("stories", paths), ROOT / paths[0], *command, report="playwright", on_stack=True)


def _named(home: str, paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{home}, {len(paths)} files"


def tasks_for_features(*names: str) -> list[Task]:
    """What the columns of the features `names` touch, the cheap ones first.

    Raises:
        StackError: no contract has one of these names.
    """
    from tooling.library import feature_page  # here: whoever runs other tests need not load the tools
    from tooling.order import NoOrder

    try:
        pages = [feature_page(ROOT, name) for name in names]
    except NoOrder as error:
        raise StackError(f"{error}.") from None
    return list(
        _of_features(names, sorted({path for page in pages for paths in page.files.values() for path in paths}))
    )


def _of_features(names: Sequence[str], paths: list[str]) -> Iterator[Task]:
    yield dashboard("static", "all checks", "check")
    python = [path for path in paths if Path(path).name.startswith("test_") and path.endswith(".py")]
    for _, own in groupby((path for path in python if not path.startswith("tests/")), key=_home):
        yield from _service(names, list(own))
    yield _of_python("contracts", ["tests/contracts", "tests/docs"], "-k", " or ".join(names))
    front = [path for path in paths if path.endswith((".test.ts", ".test.tsx")) and not path.startswith("tests/")]
    pacts = [path for path in front if ".pact." in path]
    yield from _fronts([path for path in front if path not in pacts])
    if pacts:
        config = ["--config", "tests/pacts/vitest.config.ts"]
        named = _named("fronts", pacts)
        yield npm("pacts", named, ROOT / "tests" / "pacts", "vitest", "run", *config, *pacts, report="vitest")
    stories = [
        path for path in paths if path.startswith("tests/e2e/") and path.endswith(".test.ts") and _bears(path, names)
    ]
    if stories:
        yield _stories("e2e", stories)
    through = [path for path in python if path.startswith("tests/integration/") and _bears(path, names)]
    if through:
        yield _of_python("integration", through)


def _service(names: Sequence[str], paths: list[str]) -> Iterator[Task]:
    """A repository's tests with their database; of other services what needs no server, and the features' own that do."""
    promised = [path for path in paths if "/tests/pacts/" in path]
    paths = [path for path in paths if path not in promised]
    if promised:
        yield _of_python("pacts", promised)
    if paths and paths[0].startswith(REPOSITORIES):
        yield _of_python("integration", paths)
        return
    if alone := [path for path in paths if not _needs_servers(path)]:
        yield _of_python("unit", alone, "-m", "not integration and not pact")
    if faults := [path for path in paths if path not in alone and path.split("/")[-2] in names]:
        yield _of_python("integration", faults)


def _needs_servers(path: str) -> bool:
    return bool(_SERVERS.search((ROOT / path).read_text(encoding="utf-8")))


def _fronts(paths: list[str]) -> Iterator[Task]:
    if paths:
        yield npm("front", _named("fronts", paths), ROOT / paths[0], "vitest", "run", *paths, report="vitest")


def _home(path: str) -> str:
    return path.partition("/")[0]


def _bears(path: str, names: Sequence[str]) -> bool:
    """Whether the file is called after one of the features; others only pass through them."""
    stem = Path(path).name.partition(".")[0].removeprefix("test_").replace("_", "-")
    return stem.startswith(tuple(name.rstrip("s") for name in names))

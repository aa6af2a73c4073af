"""Would a test run? What `make test` collects on real servers or on a running stack, by id: `file::name`."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from stack.paths import ROOT
from stack.setup.node import node_environment
from stack.testing.tasks import Task, all_tasks, node_tool

Ask = Callable[[], dict[str, str]]
REAL = ("integration", "e2e")
"""The parts in which nothing is a stand-in that is there in production."""
PLUGINS = ("tests.docs.marks", "pytest_asyncio.plugin", "pytest_timeout")
COLLECT = ["--collect-only", "-p", "no:cacheprovider", *(word for plugin in PLUGINS for word in ("-p", plugin))]
PATIENCE_SECONDS = 1800
NOTHING = 5
"""Pytest's exit code when there was nothing to collect."""


def left_out(tests: set[str], folder: Path) -> dict[str, str]:
    """Of `tests`, those that no task of `make test` runs, each with the reason; `folder` is for what the runners write."""
    tasks = [task for task in all_tasks() if task.part in REAL]
    browser = {test for test in tests if ".test.ts::" in test}
    asked: list[Ask] = [partial(playwright_tests, folder)] if browser else []
    for task in (task for task in tasks if task.report == "pytest"):
        files = sorted({_file(test) for test in tests - browser if Path(_file(test)).is_relative_to(_folder(task))})
        asked += [partial(pytest_tests, task, files, folder)] if files else []
    reasons: dict[str, str] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for collected in pool.map(_asked, asked):
            reasons |= collected
    return {test: reasons.get(test, "is not collected") for test in tests if reasons.get(test, "is not collected")}


def _asked(ask: Ask) -> dict[str, str]:
    return ask()


def _file(test: str) -> str:
    return test.partition("::")[0]


def _folder(task: Task) -> Path:
    return task.needs.relative_to(ROOT)


def pytest_tests(task: Task, files: list[str], folder: Path) -> dict[str, str]:
    """What `task` collects in `files`, each with the reason why it may be left out, or none."""
    there = [file for file in files if (ROOT / file).is_file()]
    options = task.command[task.command.index(str(_folder(task))) + 1 :]
    command = [*task.command[: task.command.index(str(_folder(task)))], *there, *options]
    out = folder / f"{task.name}.json".replace(" ", "-").replace("/", "-")
    environment = os.environ | task.environment | {"MARKS": str(out), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment["PYTHONPATH"] = f"{task.environment['PYTHONPATH']}:{ROOT}"
    if there:
        _run([*command, *COLLECT], environment)
    return json.loads(out.read_text(encoding="utf-8")) if there else {}


def playwright_tests(folder: Path, config: Path = ROOT / "tests" / "e2e" / "playwright.config.ts") -> dict[str, str]:
    """The same of the tests in a browser."""
    out = folder / "playwright.json"
    environment = node_environment() | {"PLAYWRIGHT_JSON_OUTPUT_NAME": str(out)}
    _run(node_tool("playwright", "test", "-c", str(config), "--list", "--reporter=json"), environment)
    collected = json.loads(out.read_text(encoding="utf-8"))
    home = Path(collected["config"]["rootDir"]).relative_to(ROOT)
    return {
        f"{home / spec['file']}::{spec['title']}": _status(spec)
        for suite in collected["suites"]
        for spec in _specs(suite)
    }


def _specs(suite: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from suite["specs"]
    for inner in suite.get("suites", ()):
        yield from _specs(inner)


def _status(spec: dict[str, Any]) -> str:
    kinds = {note["type"] for test in spec["tests"] for note in test["annotations"]} & {"skip", "fixme", "fail"}
    return f"may be left out ({min(kinds)})" if kinds else ""


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert done.returncode in (0, NOTHING), done.stdout + done.stderr

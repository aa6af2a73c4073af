"""Runs a task with its output kept, and counts what its report says."""

import os
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stack.native.privileges import die_with_parent
from stack.paths import HOME, ROOT, private
from stack.setup.node import node_environment
from stack.testing.tasks import Task

OUTPUT = HOME / "tests"
PATIENCE_SECONDS = 7200
NICE = 10


@dataclass
class Result:
    """`reasons` says for each skipped thing why."""

    task: Task
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    reasons: list[str] = field(default_factory=list[str])
    log: Path | None = None


def run(task: Task, environment: Mapping[str, str]) -> Result:
    """Never raises for a failing task: what it did is in the result."""
    if reason := task.skip_reason():
        return Result(task, skipped=1, reasons=[reason])
    name = f"{task.part}-{task.name}".replace("/", "-").replace(" ", "-")
    log = OUTPUT / f"{name}.log"
    report = OUTPUT / f"{name}.xml"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    command = [*task.command, *_report_options(task, report)]
    code = _execute(command, log, _environment(task, report, environment), NICE if task.low_priority else 0)
    result = _count(task, code, report)
    result.seconds = time.monotonic() - started
    result.log = log
    return result


def _environment(task: Task, report: Path, environment: Mapping[str, str]) -> dict[str, str]:
    quiet = {"CI": os.environ.get("CI", ""), "NO_COLOR": "1", "PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report)}
    return dict(os.environ) | node_environment() | quiet | task.environment | dict(environment)


def _report_options(task: Task, report: Path) -> list[str]:
    match task.report:
        case "pytest":
            return [f"--junitxml={report}", "-o", "junit_family=xunit2"]
        case "vitest":
            return ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
        case "playwright":
            return ["--reporter=list,junit"]
        case _:
            return []


def _execute(command: list[str], log: Path, environment: Mapping[str, str], niceness: int) -> int:
    def prepare() -> None:
        os.nice(niceness)
        die_with_parent()

    private(log.parent)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=prepare,
        )
        try:
            return process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            output.write(f"\nended: it took longer than {PATIENCE_SECONDS} s\n".encode())
            return -1
        finally:
            process.kill()
            process.wait()


def _count(task: Task, code: int, report: Path) -> Result:
    if task.report and report.exists():
        return _read_report(task, code, report)
    return Result(task, passed=int(code == 0), failed=int(code != 0))


def _read_report(task: Task, code: int, report: Path) -> Result:
    result = Result(task)
    for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314  (written by our own test run)
        skipped = case.find("skipped")
        if skipped is not None:
            result.skipped += 1
            result.reasons.append(f"{case.get('name')}: {skipped.get('message') or 'skipped'}")
        elif case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        else:
            result.passed += 1
    if not result.failed and (code or not result.passed + result.skipped):
        result.failed = 1  # it broke outside its tests, or there are none
    return result

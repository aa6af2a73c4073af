"""Runs the unit tests of a TypeScript part against a sample of StrykerJS's mutants."""

import json
import os
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stack.native.privileges import die_with_parent
from stack.paths import NODE
from tooling.mutation.parts import NoPart, Part

MOST_SECONDS = 3600.0
MUTANTS_A_LINE = 3
"""About: StrykerJS makes several where a line can be changed at all."""
CONFIG = "stryker.config.json"
TESTS = "vitest.mutation.config.ts"
NOT_SEEN = {"Survived", "NoCoverage"}
NO_MUTANT = {"Ignored", "CompileError", "RuntimeError"}
MUTABLE = re.compile(r"[=!<>]==?|&&|\|\||\?\?|\btrue\b|\bfalse\b|[-+]=|=> |\bif \(|\)\.|[!?]\.|\+\+|--| [-+*<>] ")
NO_STATEMENT = re.compile(r"^\s*(import|export (type|interface)|type|interface|//|/?\*)\b|^\s*$")
VITEST = """import {{ defineConfig, mergeConfig }} from "vitest/config";
import base from "./vitest.config.ts";

const config = mergeConfig(base, defineConfig({{}}));
config.test.include = ["{part}/**/*.test.{{ts,tsx}}"];
config.test.exclude = ["**/node_modules/**", "**/*.pact.test.ts", "**/page-budget.test.ts"];
export default config;
"""


@dataclass(frozen=True)
class TypeScriptMutant:
    """As StrykerJS reports it."""

    path: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        shown = (" ".join(text.split())[:100] for text in (self.before, self.after))
        return f"{self.path}:{self.line}  " + "  →  ".join(shown)


def survivors(copy: Path, part: Part, count: int, seed: int) -> Iterator[tuple[TypeScriptMutant, bool]]:
    """About `count` mutants, all those of a sample of lines, and whether the tests see each.

    Raises NoPart when the tests fail before anything was mutated.
    """
    lines = _sample(copy, part, max(1, count // MUTANTS_A_LINE), seed)
    (copy / TESTS).write_text(VITEST.format(part=part.name))
    (copy / CONFIG).write_text(json.dumps(_config(lines)))
    command = [str(NODE / "bin" / "node"), "node_modules/@stryker-mutator/core/bin/stryker.js", "run", CONFIG]
    ended = subprocess.run(  # noqa: S603
        command,
        cwd=copy,
        env=os.environ | {"NO_COLOR": "1"},
        timeout=MOST_SECONDS,
        capture_output=True,
        check=False,
        preexec_fn=die_with_parent,
    )
    report = copy / "reports" / "mutation" / "mutation.json"
    if not report.exists():
        raise NoPart(f"the tests of {part.name} cannot be run:\n{ended.stdout.decode(errors='replace')[-2000:]}")
    for path, file in json.loads(report.read_text("utf-8"))["files"].items():
        for mutant in file["mutants"]:
            if mutant["status"] not in NO_MUTANT:
                yield _mutant(path, file["source"], mutant), mutant["status"] not in NOT_SEEN


def _sample(copy: Path, part: Part, count: int, seed: int) -> list[str]:
    """Lines on which something can be changed, as `file:line-line`."""
    every: list[str] = []
    for path in part.files:
        for number, text in enumerate((copy / path).read_text("utf-8").splitlines(), 1):
            if MUTABLE.search(text) and not NO_STATEMENT.search(text):
                every.append(f"{path}:{number}-{number}")
    return random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311 - a sample, no secret


def _config(lines: list[str]) -> dict[str, object]:
    return {
        "testRunner": "vitest",
        "vitest": {"configFile": TESTS, "related": False},
        "plugins": ["@stryker-mutator/vitest-runner", "./tooling/mutation/left-alone.mjs"],
        "ignorers": ["left-alone"],
        "mutate": lines,
        "mutator": {"excludedMutations": ["StringLiteral"]},
        "coverageAnalysis": "perTest",
        "ignoreStatic": True,  # what runs on import: each would be a run of all tests in a new process
        "ignorePatterns": ["/back-*", "/back_redis", "/deploy", "/docs", "/stack", "/tests"],
        "concurrency": 1,
        "inPlace": True,
        "reporters": ["json"],
        "timeoutMS": 5_000,
    }


def _mutant(path: str, source: str, mutant: dict[str, Any]) -> TypeScriptMutant:
    start = mutant["location"]["start"]
    end = mutant["location"]["end"]
    line = source.splitlines()[int(start["line"]) - 1]
    before = line[start["column"] - 1 : end["column"] - 1] if start["line"] == end["line"] else line.strip()
    return TypeScriptMutant(path, start["line"], before, mutant["replacement"])

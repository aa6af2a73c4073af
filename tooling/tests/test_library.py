"""`from tooling import ...`: what its docstring shows is what it does."""

import doctest
import subprocess
import sys

import pytest

import tooling
from tooling.order import NoOrder
from tooling.paths import ROOT

ONCE = """
import ast, json
from collections import Counter
from pathlib import Path
seen, real = Counter(), ast.parse
def parse(source, *rest, **named):
    seen[source] += 1
    return real(source, *rest, **named)
ast.parse = parse
from concurrent.futures import Future
from tooling.cli.check import CHECKS
documents = Future()
documents.set_result({})
for check in CHECKS.values():
    check(Path.cwd(), documents)
files = {path.read_text() for folder in ("shared", *Path.cwd().glob("back-*")) for path in Path(folder).rglob("*.py")}
told = {source: times for source, times in seen.items() if source in files}
print(json.dumps([len(told), max(told.values())]))
"""


def test_the_examples_of_the_docstring_are_true():
    result = doctest.testmod(tooling)

    assert result.attempted >= 6
    assert result.failed == 0


def test_it_has_what_it_names_and_nothing_else():
    assert all(callable(getattr(tooling, name)) for name in set(tooling.__all__) - {"ROOT"})
    with pytest.raises(AttributeError):
        _ = tooling.check_everything  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]


def test_an_unknown_feature_is_named():
    with pytest.raises(NoOrder, match="'profil'"):
        tooling.feature_page(ROOT, "profil")


def test_all_checks_together_parse_each_python_file_once():
    done = subprocess.run([sys.executable, "-c", ONCE], capture_output=True, text=True, check=True, cwd=ROOT)
    files, most = done.stdout.strip("[]\n").split(", ")

    assert int(files) > 200
    assert most == "1"

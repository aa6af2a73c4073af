"""What keeps the source readable: one statement a line, short files and functions, test names that fit, prose that wraps."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tooling.paths import ROOT

MOST_LINES = 260
MOST_FUNCTION_LINES = 45
MOST_NAME = 80
MOST_COLUMNS = 100
AS_THEY_ARE = re.compile(r"^docs/(?:features|violations)|^CHANGELOG|CONTEXT\.md$|^tests/")


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "-z", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file() and not path.is_symlink()]


PYTHON = tracked("*.py")
PROSE = [path for path in tracked("*.md") if not AS_THEY_ARE.search(str(path.relative_to(ROOT)))]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in PYTHON}


def _is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts


def _at(path: Path, node: ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def packed(tree: ast.AST) -> Iterator[ast.Assign]:
    """Assignments such as `a, b = f(), g()`; a swap (`a, b = b, a`) is one statement."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                if not {ast.unparse(each) for each in targets} & {ast.unparse(each) for each in values}:
                    yield node
            case _:
                pass


def test_a_line_has_one_statement():
    assert [_at(path, node) for path, tree in TREES.items() for node in packed(tree)] == []


@pytest.mark.parametrize(
    ("text", "count"), [("a, b = f(), 1", 1), ("a, b = b, a", 0), ("a, b = f()", 0), ("a = 1, 2", 0)]
)
def test_packed_assignments_are_recognised(text: str, count: int):
    assert len(list(packed(ast.parse(text)))) == count


def test_production_files_are_short():
    long = {path: len(path.read_text("utf-8").splitlines()) for path in PYTHON if not _is_test(path)}

    assert [f"{path.relative_to(ROOT)}: {lines}" for path, lines in long.items() if lines > MOST_LINES] == []


def test_production_functions_are_short():
    assert [
        _at(path, node)
        for path, tree in TREES.items()
        if not _is_test(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MOST_FUNCTION_LINES
    ] == []


def test_names_of_tests_fit_a_line():
    names = [
        node.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]

    assert names
    assert [name for name in names if len(name) > MOST_NAME] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_prose_wraps(path: Path):
    assert list(_wide(path.read_text("utf-8").splitlines())) == []


def _wide(lines: list[str]) -> Iterator[int]:
    """Numbers of lines of prose that are too long; tables, code, links and images stand as they are."""
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= line.startswith("```")
        as_it_is = fenced or line.startswith(("|", "    ", "#", "<", "!", "```")) or " " not in line.strip()
        if len(line) > MOST_COLUMNS and not as_it_is:
            yield number

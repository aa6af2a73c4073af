"""Each recipe of CONTRIBUTING, made on a copy of the tree: nothing else is missing then, and each of its edits is asked for."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.recipes import missing
from tests.recipes.recipes import RECIPES, Edit
from tests.violations.tree import copy
from tooling.paths import ROOT

BY_A_COMMAND = {"a field of an entity"}
"""`dashboard field add` writes all of it; tooling/tests/generator tries that."""
NOWHERE = dict.fromkeys(
    ("BACK_AUTH_URL", "BACK_POSTGRES_URL", "BACK_CASSANDRA_URL", "PUBLIC_URL"), "http://localhost:1"
) | dict.fromkeys(("SERVICE_SECRET", "REDIS_HOST", "REDIS_PASSWORD", "SMTP_HOST", "MAIL_FROM"), "nothing")
"""Settings of back-workers, which does not run here."""
LEAVE_OUT = [(name, edit) for name, recipe in RECIPES.items() for edit in recipe.edits if edit.left_out]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = copy(tmp_path_factory.mktemp("tree"))
    (tree / "stack").symlink_to(ROOT / "stack")
    _git(tree, "init", "--quiet")
    _git(tree, "add", "--all")
    _git(tree, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message=clean")
    return tree


def _git(tree: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(tree), *arguments], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _made(tree: Path, edits: Iterable[Edit]) -> Generator[None]:
    """`tree` with the edits, and without them afterwards."""
    try:
        for edit in edits:
            edit.make(tree)
        yield
    finally:
        _git(tree, "checkout", "--quiet", ".")
        _git(tree, "clean", "--quiet", "--force", "-d")


def _missing(tree: Path, asks: str) -> list[str]:
    paths = [tree / "back-workers", tree] if asks == "workers" else [tree]
    environment = {
        **os.environ,
        **NOWHERE,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, missing.__file__, asks]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def _missing_before(tree: Path, asks: str) -> frozenset[str]:
    return frozenset(_missing(tree, asks))


def test_each_recipe_is_tried():
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Recipes")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (an? [\w ]+) \|", table, re.MULTILINE)
    assert set(rows) == RECIPES.keys() | BY_A_COMMAND


@pytest.mark.parametrize("name", RECIPES)
def test_what_a_recipe_names_is_all_that_one_writes(tree: Path, name: str):
    recipe = RECIPES[name]
    before = _missing_before(tree, recipe.asks)
    with _made(tree, [*recipe.given, *recipe.edits]):
        assert set(_missing(tree, recipe.asks)) - before == set()


@pytest.mark.parametrize(("name", "left_out"), LEAVE_OUT, ids=lambda value: getattr(value, "path", value))
def test_what_is_left_out_is_asked_for(tree: Path, name: str, left_out: Edit):
    recipe = RECIPES[name]
    with _made(tree, [*recipe.given, *(edit for edit in recipe.edits if edit is not left_out)]):
        asked = _missing(tree, recipe.asks)
    assert any(left_out.left_out in text for text in asked), asked

"""docs/boundaries.md: each CANNOT of the guide names rules that exist, each CAN a place and tests that run on the real thing."""

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from shared.contracts import boundaries
from stack.testing import tasks
from tests.docs.boundaries_doc import DOCUMENT, NOT_BUILT, Group, guide, rows, wrong_abilities
from tests.docs.collected import left_out, playwright_tests, pytest_tests
from tests.violations.tree import CASES, load
from tooling.paths import ROOT

TEXT = DOCUMENT.read_text(encoding="utf-8")
ELSEWHERE = {"compose-as-declared", "front-imports-its-own-code", "only-declared-peers"}
"""Rules that stand in tooling.boundaries."""


def test_every_line_of_what_a_service_cannot_do_has_its_rules():
    cannot = rows(TEXT, "Cannot")

    assert [(row.who, row.line) for row in cannot] == [
        (", ".join(group.who), line) for group in guide() for line in group.cannot
    ]
    assert [row.line for row in cannot if not row.named(0)] == []


def test_every_named_rule_exists_and_is_broken_by_a_case():
    named = {rule for row in rows(TEXT, "Cannot") for rule in row.named(0)}
    declared = {rule.rule for rules in boundaries.load().rules().values() for rule in rules}
    broken = {load(path).rule for path in CASES.rglob("*.yaml")}

    assert named <= broken
    assert named - declared <= ELSEWHERE


def test_every_line_of_what_a_service_can_do_has_its_place_and_tests_that_run(tmp_path: Path):
    assert wrong_abilities(TEXT, guide(), lambda tests: left_out(tests, tmp_path)) == []


SMALL = [Group(who=["s", "t"], can=["cook", "fly"], cannot=[], not_built={"fly": ["s/wings"]})]
ROWS = {
    "s cook": "| s | cook | `s/kitchen.py` | `t.py::test_cook` |",
    "t cook": "| t | cook | `shared/kitchen.py` | `t.py::test_cook` `t.py::test_bake` |",
    "s fly": f"| s | fly | {NOT_BUILT} | |",
    "t fly": f"| t | fly | {NOT_BUILT} | |",
}


def _document(**changed: str) -> str:
    table = ROWS | {name.replace("_", " "): row for name, row in changed.items()}
    return "\n".join(["## Can", "", "| who | can | where | shown by |", "|---|---|---|---|", *table.values()])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name in ("s", "t", "shared"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kitchen.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_document(s_cook=""), "s can cook: has no row"),
        (_document(s_swim="| s | swim | `s/kitchen.py` | `t.py::test_cook` |"), "s can swim: is no line of the guide"),
        (_document(again=ROWS["s cook"]), "s can cook: stands there twice"),
        (_document(s_cook="| s | cook | | `t.py::test_cook` |"), "s can cook: names no place, or no test"),
        (_document(s_cook="| s | cook | `s/kitchen.py` | |"), "s can cook: names no place, or no test"),
        (_document(s_cook=ROWS["s cook"].replace("kitchen", "cellar")), "s can cook: there is no s/cellar.py"),
        (_document(s_cook=ROWS["s cook"].replace("s/", "t/")), "s can cook: t/kitchen.py is not its own"),
        (_document(s_cook=ROWS["s cook"].replace("_cook`", "_gone`")), "s can cook: t.py::test_gone is not collected"),
        (_document(s_cook=f"| s | cook | {NOT_BUILT} | |"), "s can cook: is not among the lines that may be open"),
    ],
)
def test_a_wrong_row_is_reported(small: Path, text: str, says: str):
    assert wrong_abilities(_document(), SMALL, lambda tests: {}, small) == []

    gone = {"t.py::test_gone": "is not collected"}
    assert says in wrong_abilities(text, SMALL, lambda tests: {name: gone[name] for name in tests & gone.keys()}, small)


def test_what_has_been_built_must_say_so(small: Path):
    (small / "s" / "wings").mkdir()

    found = wrong_abilities(_document(), SMALL, lambda tests: {}, small)
    assert found == [
        "s can fly: s/wings is there: name it, and a test",
        "t can fly: s/wings is there: name it, and a test",
    ]


PYTHON = """
import sys
import pytest
def test_runs(): ...
@pytest.mark.parametrize("n", [1, 2])
def test_runs_twice(n): ...
@pytest.mark.skip
def test_skip(): ...
@pytest.mark.skipif(sys.platform == "win32", reason="")
def test_skipif(): ...
@pytest.mark.xfail
def test_xfail(): ...
def test_within():
    pytest.skip("not today")
@pytest.mark.integration
def test_marked(): ...
"""


@pytest.fixture
def beside() -> Generator[Path]:
    """A folder in the clone that git does not see."""
    with tempfile.TemporaryDirectory(dir=ROOT / ".stack") as folder:
        yield Path(folder)


def test_python_tests_that_may_be_left_out_are_reported(beside: Path, tmp_path: Path):
    (beside / "test_some.py").write_text(PYTHON)
    file = str((beside / "test_some.py").relative_to(ROOT))
    task = tasks.pytest("integration", "some", beside, "-m", "not integration")
    found = {name.partition("::")[2]: why for name, why in pytest_tests(task, [file], tmp_path).items()}

    assert found == {
        "test_runs": "",
        "test_runs_twice": "",
        "test_skip": "may be left out (skip)",
        "test_skipif": "may be left out (skipif)",
        "test_xfail": "may be left out (xfail)",
        "test_within": "may be left out (skip inside)",
    }


def test_browser_tests_that_may_be_left_out_are_reported(beside: Path, tmp_path: Path):
    (beside / "some.test.ts").write_text(
        'import { test } from "@playwright/test";\n'
        'test("runs", () => {});\ntest.skip("skipped", () => {});\ntest.fixme("broken", () => {});\n'
        'test.describe("inner", () => { test("runs inside", () => {}); test.fail("fails", () => {}); });\n'
    )
    (beside / "config.ts").write_text('export default { testDir: ".", testMatch: "*.test.ts" };\n')
    found = {name.partition("::")[2]: why for name, why in playwright_tests(tmp_path, beside / "config.ts").items()}

    assert found == {
        "runs": "",
        "runs inside": "",
        "skipped": "may be left out (skip)",
        "broken": "may be left out (fixme)",
        "fails": "may be left out (fail)",
    }


def test_a_test_with_fakes_shows_nothing(tmp_path: Path):
    unit = "back-auth/tests/features/authentication/test_domain.py::test_right_password_opens_a_session"
    nowhere = "back-auth/tests/nowhere.py::test_it"

    assert left_out({unit, nowhere}, tmp_path) == {unit: "is not collected", nowhere: "is not collected"}

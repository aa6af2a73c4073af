"""docs/boundaries.md: each CANNOT of the guide names rules that exist."""

import re

from shared.contracts import boundaries
from tests.violations.tree import CASES, load
from tooling.paths import ROOT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
GUIDE = {"front-public, front-admin": 5, "back-api": 5, "back-auth": 4, "back-postgres, back-cassandra": 4}


def _rows() -> list[tuple[str, str, list[str]]]:
    cannot = (
        (ROOT / "docs" / "boundaries.md").read_text(encoding="utf-8").partition("## Cannot")[2].partition("## Can\n")[0]
    )
    rows = [(who.strip(), what, re.findall(r"`([a-z-]+)`", rules)) for who, what, rules in ROW.findall(cannot)]
    return [row for row in rows if row[0] in GUIDE]


def test_every_line_of_the_guide_has_its_rules():
    rows = _rows()

    assert {who: [row[0] for row in rows].count(who) for who in GUIDE} == GUIDE
    assert [what for _, what, rules in rows if not rules] == []


def test_every_named_rule_exists_and_is_broken_by_a_case():
    named = {rule for _, _, rules in _rows() for rule in rules}
    declared = {rule.rule for rules in boundaries.load().rules().values() for rule in rules}
    broken = {load(path).rule for path in CASES.rglob("*.yaml")}

    assert named <= broken
    assert named - declared <= {"compose-as-declared", "front-imports-its-own-code", "only-declared-peers"}

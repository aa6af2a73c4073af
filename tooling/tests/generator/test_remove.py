"""`dashboard feature remove`: who needs what, and what is left of a feature."""

import re

import pytest

from shared.contracts.loader import load
from tooling.generator.remove import needs, shared_texts, tables
from tooling.generator.remove.needs import Need
from tooling.generator.remove.remove import refusal
from tooling.generator.remove.tree import Files
from tooling.paths import CONTRACTS, ROOT
from tooling.tests.generator.conftest import Clone

FILES = Files(ROOT)
RECORD = ROOT / "docs" / "decisions" / "0055-removing-a-feature.md"
ROW = re.compile(r"^\| ([a-z-]+) \| ([^|]+) \|$", re.MULTILINE)
STANDING = sorted(FILES.contracts)
NOBODY = "nobody: it can be removed"
ROWS = dict(ROW.findall(RECORD.read_text(encoding="utf-8")))
REMOVABLE = [feature for feature, needed_by in ROWS.items() if needed_by == NOBODY]


def _needed_by(feature: str) -> str:
    """As the record's table says it."""
    found = dict.fromkeys(need.who for need in needs.find(FILES, feature) if not need.in_tests)
    return ", ".join(found) or NOBODY


@pytest.mark.parametrize("feature", STANDING)
def test_the_record_says_of_each_feature_who_needs_it(feature: str):
    assert ROWS.get(feature) == _needed_by(feature)


@pytest.mark.parametrize("feature", REMOVABLE)
def test_no_test_of_another_feature_takes_one_that_nobody_needs(feature: str):
    assert needs.find(FILES, feature) == []


def test_profile_and_notifications_are_needed_by_others():
    assert "the frame of front-public" in _needed_by("profile")
    assert {"announcements", "billing", "profile"} <= set(_needed_by("notifications").split(", "))


def test_a_feature_has_its_routes_repositories_and_models_whatever_they_are_called():
    own = FILES.owned_by("billing")
    assert {
        "back-postgres/repositories/invoice_repository.py",
        "back-postgres/routes/invoices.py",
        "shared/contracts/billing/schemas.yaml",
        "back-workers/features/billing/run.py",
    } <= set(own)
    assert "back-postgres/repositories/leases.py" not in own
    assert tables.owned(FILES, FILES.owned_by("email-verification")) == ["email_verifications"]


def test_needs_of_tests_count_only_where_nothing_else_does():
    test = Need("tests/a.py", "tests/a.py imports x", in_tests=True)
    real = Need("billing", "billing.py imports x")
    assert refusal("x", [real, test]) == "x is needed by billing: billing.py imports x."
    assert refusal("x", [test]) == "x is needed by tests of tests/a.py: tests/a.py imports x."


def test_who_takes_every_event_does_not_need_one():
    assert needs.consumed(FILES, "announcements") == {"audit": ["announcement.created"]}
    assert "announcements" not in needs.consumed(FILES, "profile")
    contract = (CONTRACTS / "audit" / "feature.yaml").read_text(encoding="utf-8")
    left = shared_texts.without_events(contract, ["announcement.created"])
    assert contract.count("type: announcement.created") == 1
    assert "type: announcement.created" not in left
    assert len(contract.splitlines()) - len(left.splitlines()) in (1, 4)


def test_rights_modules_and_permissions_go_with_the_feature():
    text = "tables: {plans: [select], a: [], outbox: [select]}\nmodules: [shared.models.a, shared.models.b]\n"
    assert shared_texts.without_tables(text, ["a", "plans"], ["shared.models.b"]) == (
        "tables: {outbox: [select]}\nmodules: [shared.models.a]\n"
    )
    roles = 'R = {\n    "support": ("a:read", "b:read"),\n    "admin": (\n        "b:read",\n    ),\n}\n'
    assert shared_texts.without_permissions(roles, ["b:read"]) == (
        'R = {\n    "support": ("a:read",),\n    "admin": (\n    ),\n}\n'
    )


def test_documents_name_what_is_gone_as_words():
    text = "By `a/b.py`, `a/c.py::test` and [its page](../a/b.py#x); `a/d.py` stays.\n"
    assert shared_texts.without_mentions(text, "docs", {"a/b.py", "a/c.py"}) == (
        "By a/b.py (removed), a/c.py::test (removed) and its page; `a/d.py` stays.\n"
    )


def test_a_pact_keeps_what_asks_others():
    _, contract = next(known for known in load(CONTRACTS)[0] if known[1].name == "presence")
    pact = (CONTRACTS / "pacts" / "front-admin-back-api.json").read_text(encoding="utf-8")
    left = shared_texts.without_interactions(pact, contract) or ""
    assert "/api/presence" in pact
    assert "/api/presence" not in left
    assert pact.count('"description"') - left.count('"description"') == pact.count('"path": "/api/presence"')


@pytest.mark.parametrize("name", ["nonsense", "profile", "notifications"])
def test_what_is_not_there_or_needed_is_refused_in_one_sentence(pristine: Clone, name: str):
    done = pristine.dashboard("feature", "remove", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert ("There is no feature" if name == "nonsense" else f"{name} is needed by ") in done.stderr
    assert pristine.changed() == []


@pytest.mark.parametrize("feature", REMOVABLE)
def test_a_feature_that_nobody_needs_goes_and_the_checks_stay_green(clone: Clone, feature: str):
    done = clone.dashboard("feature", "remove", feature)
    assert done.returncode == 0, done.stderr
    assert not (clone.root / "shared" / "contracts" / feature).exists()
    clone.commit()
    again = clone.dashboard("feature", "remove", feature)
    assert f"There is no feature {feature!r}" in again.stderr

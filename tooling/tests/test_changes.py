"""`contracts diff`: what it compares with, what it demands, and that its patch is what it demands."""

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.violations.tree import copy
from tooling.changes import released, revision, shared_names
from tooling.changes.report import report
from tooling.changes.snapshot import Snapshot
from tooling.cli import app

PROFILE = "shared/contracts/profile/feature.yaml"
SCHEMAS = "shared/contracts/profile/schemas.yaml"
AUTHENTICATION = "shared/contracts/authentication/feature.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy(tmp_path)


def _git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(root), *who, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _repository(root: Path) -> Path:
    """One that keeps no release in its tree, so that git says what was before."""
    (root / released.FILE).unlink(missing_ok=True)
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "First")
    return root


def _change(root: Path, find: str, replace: str, file: str = PROFILE) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert find in text
    (root / file).write_text(text.replace(find, replace, 1), encoding="utf-8")


def test_the_patch_makes_the_versions_follow(tree: Path):
    _repository(tree)
    old = Snapshot.from_revision(tree, "HEAD")
    after = _major_after(old.versions["back-api"])
    _change(tree, "response: {201: Profile}", "response: {200: Profile}")

    made = report(tree, old, "HEAD", release=True)
    subprocess.run(["git", "-C", str(tree), "apply", "-"], input=made.patch, text=True, check=True)

    new = Snapshot.from_folder(tree)
    assert made.findings
    assert report(tree, old, "HEAD", release=True).findings == []
    assert new.contracts["profile"].version == _major_after(old.contracts["profile"].version)
    assert new.versions["back-api"] == after
    assert ("front-public", "back-api", f">={after}") in new.contracts["profile"].ranges()
    assert new.contracts["billing"].ranges() == old.contracts["billing"].ranges()


def test_a_range_of_somebody_else_is_widened(tree: Path):
    now = Snapshot.from_folder(tree).versions["back-api"]
    _change(tree, '- back-api: ">=1.0.0"', f'- back-api: "^{now}"', "shared/contracts/billing/feature.yaml")
    old = Snapshot.from_folder(tree)
    _change(tree, "response: {201: Profile}", "response: {200: Profile}")

    wider = f'-    - back-api: "^{now}"\n+    - back-api: "^{now} || ^{_major_after(now)}"\n'
    assert wider in report(tree, old, "before", release=True).patch


def _major_after(version: str) -> str:
    return f"{int(version.partition('.')[0]) + 1}.0.0"


def test_a_change_names_whom_it_affects(tree: Path):
    old = Snapshot.from_folder(tree)
    _change(tree, "    - {type: profile.updated, service: back-postgres, data: ProfileUpdated}\n", "")

    changes = [change for change in report(tree, old, "before").changes if change.step == "major"]

    assert [(change.place, change.affected) for change in changes] == [("event profile.updated", ("back-workers",))]


def test_a_new_event_and_a_new_version_of_one_are_minor(tree: Path):
    old = Snapshot.from_folder(tree)
    printed = "    - {type: profile.updated, service: back-postgres, data: ProfileUpdated}\n"
    fresh = printed.replace("updated,", "renamed,") + printed.replace("updated,", "updated, version: 2,")
    _change(tree, printed, printed + fresh)

    changes = report(tree, old, "before").changes

    assert {(change.place, change.step) for change in changes} == {
        ("event profile.renamed", "minor"),
        ("event profile.updated of version 2", "minor"),
    }


def test_a_field_that_is_taken_away_names_who_reads_it(tree: Path):
    old = Snapshot.from_folder(tree)
    _change(tree, "    bio: {default: '', type: string}\n    avatar_url:", "    avatar_url:", SCHEMAS)

    used = {change.place: change.used_by for change in report(tree, old, "before").changes if change.step == "major"}

    assert used["GET /api/profile 200.bio"] == ("front-public",)
    assert used["GET /internal/profiles/{user_id} 200.bio"] == ("back-api",)


def test_a_revision_and_its_work_tree_are_the_same_snapshot(tree: Path):
    _repository(tree)

    assert Snapshot.from_revision(tree, "HEAD").files == Snapshot.from_folder(tree).files


def test_the_base_is_the_last_tag_else_where_the_branch_left_the_default_one(tree: Path):
    first = _git(_repository(tree), "rev-parse", "HEAD")
    _git(tree, "commit", "-q", "--allow-empty", "-m", "Second")
    second = _git(tree, "rev-parse", "HEAD")
    assert revision.find(tree).commit == second
    assert "left main" in revision.find(tree).what
    assert "only what is not committed counts" in revision.find(tree).what
    _git(tree, "switch", "-qc", "feature")
    _git(tree, "commit", "-q", "--allow-empty", "-m", "Third")
    assert revision.find(tree).commit == second
    assert "1 commits ago" in revision.find(tree).what
    _git(tree, "update-ref", "refs/remotes/origin/main", first)
    assert revision.find(tree).commit == first
    assert "left origin/main" in revision.find(tree).what
    _git(tree, "tag", "v1.0.0")
    assert revision.find(tree).what == "the last release v1.0.0"
    assert revision.find(tree, "main").commit == second


def test_without_a_tag_and_a_default_branch_the_last_commit_is_the_base(tree: Path):
    _git(_repository(tree), "branch", "-qm", "trunk")

    assert "neither a tag nor a default branch" in revision.find(tree).what


def test_on_the_default_branch_its_own_commits_count_from_the_origin_on(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
):
    clone = tmp_path_factory.mktemp("clone") / "clone"
    _git(_repository(tree), "clone", "-q", str(tree), str(clone))
    _change(clone, "response: {201: Profile}", "response: {200: Profile}")
    _git(clone, "commit", "-qam", "Answer 200")

    done = CliRunner().invoke(app, ["contracts", "diff", "--root", str(clone)])

    assert done.exit_code == 1
    assert "where this branch left origin/HEAD" in done.stdout
    assert "POST /api/profile 200: is a new answer" in done.stdout


def test_the_callers_of_an_endpoint_are_affected_and_not_the_flow(tree: Path):
    old = Snapshot.from_folder(tree)
    audit = "shared/contracts/audit/feature.yaml"
    post = "  - method: POST\n    path: /internal/audit\n"
    _change(tree, post, f"{post}    query: [late]\n", audit)
    _change(tree, "    path: /.well-known/jwks.json\n", "    path: /.well-known/keys.json\n", AUTHENTICATION)
    avatar = "    path: /api/profile/avatar\n    service: back-api\n    auth: {}\n"
    _change(tree, avatar.format("user"), avatar.format("none"))

    affected = {change.place: change.affected for change in report(tree, old, "before").changes}

    assert affected["POST /internal/audit query late"] == ("back-workers",)
    assert affected["PUT /api/profile/avatar auth"] == ("front-public",)
    assert {"back-api", "back-websockets"} <= set(affected["GET /.well-known/jwks.json"])


def test_one_optional_field_is_one_finding_in_one_place_with_one_cure(tree: Path):
    old = Snapshot.from_folder(tree)
    contract = tree / PROFILE
    schemas = tree / SCHEMAS
    field = "company:\n{0}  anyOf:\n{0}  - {{type: string}}\n{0}  - {{type: 'null'}}\n{0}  default: null\n"
    lines: list[str] = []
    for line in schemas.read_text(encoding="utf-8").splitlines(keepends=True):
        indent = " " * (len(line) - len(line.lstrip()))
        lines.append(line + (indent + field.format(indent) if "time_zone: {" in line else ""))
    schemas.write_text("".join(lines), encoding="utf-8")

    made = report(tree, old, "before")

    assert len([change for change in made.changes if "company" in change.place]) > 5
    assert [(one.file, one.rule) for one in made.findings] == [(contract, "version-follows-change")]
    assert "python -m tooling contracts diff --patch | git apply" in made.findings[0].fix
    assert made.patch.count("+++ b/") == 1
    _git(tree, "init", "-q")
    subprocess.run(["git", "-C", str(tree), "apply", "-"], input=made.patch, text=True, check=True)
    assert report(tree, old, "before").findings == []
    raised = report(tree, old, "before", release=True)
    assert [one.rule for one in raised.findings] == ["version-follows-change"]
    assert {"+++ b/back-api/VERSION", "+++ b/back-postgres/VERSION"} <= set(raised.patch.splitlines())


def test_a_shallow_clone_says_what_it_compares_with(tree: Path, tmp_path_factory: pytest.TempPathFactory):
    _git(_repository(tree), "commit", "-q", "--allow-empty", "-m", "Second")
    clone = tmp_path_factory.mktemp("clone")
    _git(clone, "clone", "-q", "--depth=1", f"file://{tree}", "shallow")

    assert "left origin/HEAD" in revision.find(clone / "shallow").what
    with pytest.raises(revision.NoRevision, match="--unshallow"):
        revision.find(clone / "shallow", "v1.0.0")


def test_where_there_is_no_repository_it_says_so(tmp_path: Path):
    with pytest.raises(revision.NoRevision, match="no git repository"):
        revision.find(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("A = 1", "A = 2", "major"),
        ("A = 1", "", "major"),
        ("", "A = 1", "minor"),
        ("def f(a): ...", "def f(a, b=1): ...", "minor"),
        ("def f(a): ...", "def f(a, *, b=1): ...", "minor"),
        ("def f(a): ...", "def f(a, b): ...", "major"),
        ("def f(a): ...", "def f(b): ...", "major"),
        ("def f(a=1): ...", "def f(a): ...", "major"),
        ("def f(a, b): ...", "def f(b, a): ...", "major"),
        ("def f(a): ...", "", "major"),
    ],
)
def test_a_shared_name_is_judged_by_those_who_use_it(old: str, new: str, step: str):
    path = "shared/security/x.py"

    assert [change.step for change in shared_names.compare({path: old}, {path: new}, ())] == [step]


def test_before_the_first_release_nothing_can_break(tree: Path):
    _repository(tree)
    _change(tree, "response: {201: Profile}", "response: {200: Profile}")
    asked = ["contracts", "diff", "--released", "--root", str(tree)]

    printed, patch = (CliRunner().invoke(app, [*asked, *more]) for more in ([], ["--patch"]))

    assert (printed.exit_code, printed.stdout) == (0, "nothing is released yet that could break\n")
    assert (patch.exit_code, patch.stdout) == (0, "")


def test_after_a_release_a_change_demands_its_steps(tree: Path):
    _git(_repository(tree), "tag", "v1.0.0")
    asked = ["contracts", "diff", "--released", "--root", str(tree)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    _change(tree, "response: {201: Profile}", "response: {200: Profile}")

    printed = CliRunner().invoke(app, asked)
    patch = CliRunner().invoke(app, [*asked, "--patch"]).stdout
    subprocess.run(["git", "-C", str(tree), "apply", "-"], input=patch, text=True, check=True)

    assert printed.exit_code == 1
    assert "compared with the last release v1.0.0" in printed.stdout
    assert CliRunner().invoke(app, asked).exit_code == 0

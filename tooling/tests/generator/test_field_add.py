"""`dashboard field add`: one command from the database to the form, or one sentence and nothing changed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import eventually
from tooling.tests.generator.conftest import Clone

SPEC = ("profile", "company", "str?", "--max", "100")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("profil", "company", "line"), "There is no feature 'profil'"),
        (("billing", "company", "line"), "has to be added by hand"),
        (("profile", "company", "money"), "The type 'money' of 'company' is not known"),
        (("profile", "bio", "text?"), "there is one of that name already"),
        (("profile", "class", "line?"), "it is a keyword of Python"),
        (("profile", "select", "line?"), "it is a keyword of SQL"),
        (("profile", "Company", "line?"), "use small letters"),
        (("profile", "c" * 80, "line?"), "it has 80 characters, 40 are the most"),
        (("profile", "company", "line?", "--max", "0"), "may have 1 to 2000 characters"),
        (("profile", "company", "line(9)?", "--max", "100"), "Say the bounds of 'company' once"),
        (("profile", "company", "line? other:line?"), "write a name and a type"),
        (("profile", "company", "line"), "make it optional (a question mark), or give a default"),
        (("profile", "company", "line(3)", "--default", "long"), "The default 'long' does not fit 'company'"),
        (("profile", "company", "line?", "--entity", "Person"), "profile makes no entity 'Person'"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_changes(pristine: Clone, arguments: tuple[str, ...], why: str):
    done = pristine.dashboard("field", "add", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert pristine.changed() == []


def test_a_tree_with_other_changes_is_refused(clone: Clone):
    (clone.root / "README.md").write_text("mine", encoding="utf-8")
    done = clone.dashboard("field", "add", *SPEC)
    assert done.returncode == 2
    assert "Commit or stash your changes first (README.md)" in done.stderr
    assert clone.changed() == [" M README.md"]


def heed_interrupts() -> None:
    """Undoes what a shell's `&` does to its commands: it has them ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_stopped_half_way_it_leaves_nothing(clone: Clone, tmp_path: Path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    environment = os.environ | {"PYTHONPATH": str(clone.root), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "tooling", "field", "add", *SPEC]
    with subprocess.Popen(
        command, cwd=clone.root, env=environment, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        migration = "dashboard-*/tree/back-postgres/migrations/*_company.sql"
        eventually(lambda: any(folder.glob(migration)), "the copy has its migration")
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert process.returncode == 130
    assert list(folder.glob("dashboard-*")) == []
    assert clone.changed() == []


def test_a_field_reaches_row_contract_types_form_and_pacts(clone: Clone):
    expected = clone.dashboard("field", "add", *SPEC, "--dry-run")
    assert expected.returncode == 0, expected.stderr
    assert clone.changed() == []
    done = clone.dashboard("field", "add", *SPEC)
    assert done.returncode == 0, done.stderr
    assert expected.stdout == done.stdout + "nothing was written (--dry-run)\n"
    holds = {path[3:] for path in clone.changed() if "company" in (clone.root / path[3:]).read_text(encoding="utf-8")}
    (migration,) = (clone.root / "back-postgres" / "migrations").glob("*_profiles_company.sql")
    assert migration.read_text(encoding="utf-8").endswith(
        "ALTER TABLE profiles ADD COLUMN company text CHECK (length(company) BETWEEN 1 AND 100);\n"
    )
    assert holds >= {
        "CHANGELOG.md",
        "back-postgres/migrations/SHA256SUMS",
        "front-public/app/features/profile/fields.ts",
        "shared/contracts/asyncapi/back-postgres.json",
        "shared/contracts/pacts/front-public-back-api.json",
        "shared/contracts/profile/feature.yaml",
        "shared/contracts/profile/schemas.yaml",
        "shared/front/api/types.ts",
        "shared/models/profile.py",
    }

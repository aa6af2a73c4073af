"""Migrations are sealed once and stay as they are, on a tree of a few files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tooling.boundaries import migrations
from tooling.boundaries.tree import Tree

BOUNDARIES = (
    "version: 1.0.0\nimports: []\nservices:\n  back-postgres: {kind: repository, port: 1, does: x, calls: []}\n"
)
FOLDER = Path("back-postgres", "migrations")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """With two sealed migrations."""
    (tmp_path / "shared" / "contracts").mkdir(parents=True)
    (tmp_path / "shared" / "contracts" / "boundaries.yaml").write_text(BOUNDARIES)
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / "back-cassandra" / "migrations").mkdir(parents=True)
    for name in ("0001_a.sql", "0002_b.sql"):
        (tmp_path / FOLDER / name).write_text(f"SELECT '{name}';\n")
    migrations.seal(tmp_path)
    return tmp_path


def found(root: Path) -> Iterator[tuple[str, str, str]]:
    for one in migrations.check(Tree.at(root)):
        yield one.rule, one.path.name, one.what


def test_what_is_sealed_and_unchanged_is_right(root: Path) -> None:
    assert list(found(root)) == []


def test_only_new_ones_are_sealed(root: Path) -> None:
    (root / FOLDER / "0003_c.sql").write_text("SELECT 3;\n")
    (root / FOLDER / "0001_a.sql").write_text("SELECT 'edited';\n")
    assert migrations.seal(root) == [FOLDER / "0003_c.sql"]
    assert migrations.seal(root) == []
    assert [one[1:] for one in found(root)] == [("0001_a.sql", "was changed after it was sealed")]


def test_a_new_one_that_is_not_sealed_is_reported(root: Path) -> None:
    (root / FOLDER / "0003_c.sql").write_text("SELECT 3;\n")
    (one,) = found(root)
    assert one[1] == "0003_c.sql"
    assert one[2].startswith("is not in ")


def test_one_that_is_gone_is_reported(root: Path) -> None:
    (root / FOLDER / "0001_a.sql").unlink()
    assert [one[2] for one in found(root)] == ["0001_a.sql is gone"]


def test_the_ends_of_lines_say_nothing(root: Path) -> None:
    file = root / FOLDER / "0001_a.sql"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert list(found(root)) == []


def test_two_of_one_number_are_reported(root: Path) -> None:
    (root / FOLDER / "0002_c.sql").write_text("SELECT 2;\n")
    migrations.seal(root)
    assert len(list(found(root))) == 1

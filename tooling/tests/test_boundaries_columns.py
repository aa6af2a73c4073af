"""Columns that take less than a model lets through are reported; the models are two of these tests' own."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from shared.models.base import Entity, Request
from tooling.boundaries import columns
from tooling.boundaries.tree import Tree
from tooling.contracts import models

BOUNDARIES = (
    "version: 1.0.0\nimports: []\nservices:\n  back-postgres: {kind: repository, port: 1, does: x, calls: []}\n"
)


class BookmarkCreate(Request):
    title: Annotated[str, Field(min_length=1, max_length=80)]
    note: str | None = None
    stars: Annotated[int, Field(ge=1, le=5)]
    code: Annotated[str, Field(pattern="^[a-z]{3}$")]
    state: Literal["open", "closed"]


class Bookmark(Entity):
    title: str
    state: Literal["open", "closed"]


@pytest.fixture(autouse=True)
def own_models(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {model.__name__: model for model in (BookmarkCreate, Bookmark)}
    monkeypatch.setattr(models, "by_name", lambda: known)

    def schema(name: str) -> object:
        return known[name].model_json_schema()

    monkeypatch.setattr(models, "schema", schema)


def found(root: Path, *migrations: str) -> list[tuple[int, str]]:
    """(line, what) of each violation."""
    folder = root / "back-postgres" / "migrations"
    folder.mkdir(parents=True)
    (root / "shared" / "contracts").mkdir(parents=True)
    (root / "shared" / "contracts" / "boundaries.yaml").write_text(BOUNDARIES)
    for number, text in enumerate(migrations, 1):
        (folder / f"{number:04}_a.sql").write_text(text)
    return [(one.line, one.what) for one in columns.check(Tree.at(root))]


def table(*parts: str) -> str:
    return f"\nCREATE TABLE bookmarks (id uuid PRIMARY KEY, {', '.join(parts)}, CHECK (id IS NOT NULL));\n"


@pytest.mark.parametrize(
    ("column", "what"),
    [
        ("title varchar(79)", "takes at most 79 letters, but BookmarkCreate.title lets 80 letters through"),
        (
            "title character varying (79) NOT NULL",
            "takes at most 79 letters, but BookmarkCreate.title lets 80 letters through",
        ),
        (
            "title text CHECK (length(title) <= 79)",
            "takes at most 79 letters, but BookmarkCreate.title lets 80 letters through",
        ),
        (
            "title text CHECK (char_length(title) < 80)",
            "takes at most 79 letters, but BookmarkCreate.title lets 80 letters through",
        ),
        (
            "title text CHECK (length(title) BETWEEN 2 AND 80)",
            "takes at least 2 letters, but BookmarkCreate.title lets 1 letters through",
        ),
        (
            "title text CHECK (length(title) > 1)",
            "takes at least 2 letters, but BookmarkCreate.title lets 1 letters through",
        ),
        ("note varchar(10)", "takes at most 10 letters, but BookmarkCreate.note lets any through"),
        ("stars int CHECK (stars BETWEEN 1 AND 4)", "takes at most 4, but BookmarkCreate.stars lets 5 through"),
        ("stars int CHECK (stars >= 2)", "takes at least 2, but BookmarkCreate.stars lets 1 through"),
        ("code varchar(2)", ""),
    ],
)
def test_a_column_that_takes_less_is_reported(tmp_path: Path, column: str, what: str) -> None:
    name = column.split()[0]
    assert found(tmp_path, table(column)) == ([(2, f"bookmarks.{name} {what}")] if what else [])


@pytest.mark.parametrize(
    "column",
    [
        "title varchar(80)",
        "title text CHECK (length(title) <= 80)",
        "title text CHECK (length(title) < 81)",
        "title text CHECK (length(title) BETWEEN 1 AND 80)",
        "title text CHECK (length(title) >= 1)",
        "note text",
        "note text DEFAULT 'a, (b'",
        "stars int CHECK (stars BETWEEN 1 AND 5)",
        "stars int CHECK (stars > 0)",
        "unknown varchar(1)",
        "state text CHECK (state IN ('open', 'closed', 'other'))",
    ],
)
def test_a_column_that_takes_as_much_is_right(tmp_path: Path, column: str) -> None:
    assert found(tmp_path, table(column)) == []


@pytest.mark.parametrize("condition", ["IN ('open')", "= ANY (ARRAY['open'])"])
def test_fewer_values_are_reported_for_requests_and_answers(tmp_path: Path, condition: str) -> None:
    found_ = [what for _, what in found(tmp_path, table(f"state text CHECK (state {condition})"))]
    assert found_ == [
        f"bookmarks.state takes open, but {model}.state lets closed through" for model in ("BookmarkCreate", "Bookmark")
    ]


def test_a_check_that_is_dropped_later_counts_no_more(tmp_path: Path) -> None:
    made = table("title text CHECK (length(title) <= 10)")
    dropped = "ALTER TABLE bookmarks DROP CONSTRAINT bookmarks_title_check;\n"
    assert found(tmp_path, made, dropped) == []


@pytest.mark.parametrize("words", ["ADD", "ADD COLUMN", "ADD COLUMN IF NOT EXISTS"])
def test_a_column_that_is_added_later_counts_too(tmp_path: Path, words: str) -> None:
    added = f"ALTER TABLE bookmarks {words} title varchar(10);\n"
    assert [line for line, _ in found(tmp_path, "CREATE TABLE bookmarks (id int);\n", added)] == [1]


def test_a_constraint_that_is_added_later_counts_too(tmp_path: Path) -> None:
    added = "ALTER TABLE bookmarks ADD CONSTRAINT a CHECK (length(title) <= 10);\n"
    assert len(found(tmp_path, "CREATE TABLE bookmarks (title text);\n", added)) == 1


def test_another_table_s_column_of_that_name_is_no_business_of_the_model(tmp_path: Path) -> None:
    assert found(tmp_path, "CREATE TABLE bookmark_folders (title varchar(10));\nCREATE INDEX a ON b (title);\n") == []

"""A YAML file with its lines: what cannot be read is reported with the line to mend, what can be is found by its keys."""

from pathlib import Path

import pytest

from shared.contracts.source import Finding, Source, from_text, read

PATH = Path("feature.yaml")
TEXT = """name: a
services:
- name: back-api
  provides: [x, y]
- {name: back-auth}
"""


def source() -> Source:
    found = from_text(PATH, TEXT)
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("name",), 1),
        (("services",), 2),
        (("services", 0), 3),
        (("services", 0, "provides"), 4),
        (("services", 0, "provides", 1), 4),
        (("services", 1, "name"), 5),
        (("services", 2), 2),
        (("services", 0, "nothing", "below"), 3),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_an_entry_stands_on_its_line_else_on_its_nearest_parents(where: tuple[str | int, ...], line: int) -> None:
    assert source().line(where) == line
    found = source().finding(where, "is wrong", "mend it", "a-rule")
    assert str(found) == f"feature.yaml:{line}: [a-rule] is wrong. Fix: mend it"


def test_a_node_says_where_it_stands_and_nothing_is_no_node() -> None:
    node = source().node(("services", 1, "name"))
    assert (node.value, node.start_mark.line, node.start_mark.column) == ("back-auth", 4, 9)
    assert source().node(("services", 7)) is None
    assert source().node(("name", "below")) is None


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a: 1\nb: [", 3, "is not YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands there twice"),
        ("x:\n  a: 1\n  a: 2\n", 3, "'a' stands there twice"),
        ("a: 1\nb: 2026-13-01\n", 2, "is not YAML"),
        ("- 1\n- [2, 2026-02-30]\n", 2, "is not YAML"),
    ],
)
def test_what_is_no_yaml_is_reported_with_its_line(text: str, line: int, why: str) -> None:
    found = from_text(PATH, text)
    assert isinstance(found, Finding)
    assert why in found.text
    assert found.line == line


def test_keys_that_differ_in_kind_are_two_and_an_alias_is_no_twin() -> None:
    assert isinstance(from_text(PATH, "1: a\n'1': b\n"), Source)
    aliased = from_text(PATH, "a: &x {k: 1}\nb: *x\n")
    assert isinstance(aliased, Source)
    assert aliased.data == {"a": {"k": 1}, "b": {"k": 1}}


def test_an_empty_file_has_no_data() -> None:
    found = from_text(PATH, "# nothing\n")
    assert isinstance(found, Source)
    assert (found.data, found.line(("a",))) == (None, 1)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    missing = read(tmp_path / "gone.yaml")
    assert isinstance(missing, Finding)
    assert "No such file" in missing.text
    (tmp_path / "latin.yaml").write_bytes(b"a: \xfc\n")
    latin = read(tmp_path / "latin.yaml")
    assert isinstance(latin, Finding)
    assert "is not UTF-8" in latin.text
    (tmp_path / "good.yaml").write_text("a: ü\n", encoding="utf-8")
    good = read(tmp_path / "good.yaml")
    assert isinstance(good, Source)
    assert good.data == {"a": "ü"}


def test_what_is_only_planned_is_a_thing_to_do() -> None:
    assert str(Finding(PATH, 3, "lacks a page", "make one", "a-rule", todo=True)) == (
        "feature.yaml:3: [a-rule] to do: lacks a page. Fix: make one"
    )

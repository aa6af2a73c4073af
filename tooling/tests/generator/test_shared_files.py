"""What is inserted into files that all features share can be taken out again to the byte."""

from pathlib import Path

import pytest

from tooling.generator import shared_files
from tooling.generator.names import Refused
from tooling.paths import ROOT


def test_lines_are_inserted_once_and_taken_out_to_the_byte(tmp_path: Path) -> None:
    before = {line.path: (ROOT / line.path).read_bytes() for line in shared_files.lines("bookmarks", "bookmarks:write")}
    for path, content in before.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert shared_files.insert(tmp_path, "bookmarks", "bookmarks:write") == list(before)
    assert shared_files.insert(tmp_path, "bookmarks", "bookmarks:write") == []
    assert all((tmp_path / path).read_bytes() != content for path, content in before.items())
    assert shared_files.take_out(tmp_path, "bookmarks", "bookmarks:write") == list(before)
    assert shared_files.take_out(tmp_path, "bookmarks", "bookmarks:write") == []
    assert {path: (tmp_path / path).read_bytes() for path in before} == before


def test_a_file_without_a_place_for_it_is_reported(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n")
    with pytest.raises(Refused, match="has no line '## Unreleased'"):
        shared_files.insert(tmp_path, "bookmarks")

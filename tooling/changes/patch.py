"""The demanded edits as one patch that `git apply` takes."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shared.contracts.source import Finding, from_text
from tooling.changes.bumps import Bump


def unified(files: Mapping[str, str], bumps: list[Bump]) -> str:
    """A unified diff over `files` that makes every bump."""
    return "".join(_diff(path, files[path], text) for path, text in edited(files, bumps))


def edited(files: Mapping[str, str], bumps: list[Bump]) -> Iterator[tuple[str, str]]:
    """(path, new text) of each file that a bump is about."""
    for path in sorted({bump.file for bump in bumps}):
        yield path, _edit(path, files[path], [bump for bump in bumps if bump.file == path])


def line_of(files: Mapping[str, str], bump: Bump) -> int:
    """The line that the bump changes."""
    source = from_text(Path(bump.file), files[bump.file]) if bump.where else None
    return 1 if source is None or isinstance(source, Finding) else source.finding(bump.where, "", "").line


def _edit(path: str, text: str, bumps: list[Bump]) -> str:
    if not bumps[0].where:
        return f"{bumps[0].required}\n"
    source = from_text(Path(path), text)
    if isinstance(source, Finding):
        raise TypeError(f"{path} was read before")
    nodes: list[tuple[Any, str]] = [(source.node(bump.where), bump.required) for bump in bumps]
    lines = text.splitlines(keepends=True)
    for node, required in sorted(nodes, key=lambda pair: (-pair[0].start_mark.line, -pair[0].start_mark.column)):
        start = node.start_mark
        end = node.end_mark
        number: int = start.line
        line = lines[number]
        quote = node.style if node.style in ('"', "'") else '"' if " " in required or required[0] in "><=*|~" else ""
        lines[number] = f"{line[: start.column]}{quote}{required}{quote}{line[end.column :]}"
    return "".join(lines)


def _diff(path: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(lines)

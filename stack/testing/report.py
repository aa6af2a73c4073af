"""What the person and CI read: a line when a task ends, the words of those that failed, and the table at the end."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from stack.testing.running import Result

TAIL_LINES = 60


def show_line(console: Console, result: Result) -> None:
    mark = "✗" if result.failed else "✓" if result.passed else "-"
    counts = f"{result.passed} passed" + (f", {result.failed} failed" if result.failed else "")
    skipped = f", {result.skipped} skipped" if result.skipped else ""
    words = f"{mark} {result.task.part:12} {result.task.name:20} {counts}{skipped}  {result.seconds:.1f} s"
    console.print(words, style="red" if result.failed else None, highlight=False, markup=False)
    if result.failed and result.log:
        for line in result.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]:
            console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)


def show_table(console: Console, results: Sequence[Result]) -> None:
    table = Table(box=None, header_style="bold")
    for column in ("part", "what", "passed", "failed", "skipped", "seconds"):
        table.add_column(column, justify="left" if column in {"part", "what"} else "right")
    for result in results:
        counts = [str(number or "") for number in (result.passed, result.failed, result.skipped)]
        style = "red" if result.failed else None
        table.add_row(result.task.part, result.task.name, *counts, f"{result.seconds:.1f}", style=style)
    console.print()
    console.print(table)
    for result in results:
        for reason in result.reasons:
            console.print(f"skipped: {result.task.part} {result.task.name}: {reason}", markup=False, soft_wrap=True)


def closing_line(results: Sequence[Result]) -> str:
    passed, failed, skipped = (
        sum(getattr(result, kind) for result in results) for kind in ("passed", "failed", "skipped")
    )
    return f"{passed} passed, {failed} failed, {skipped} skipped"

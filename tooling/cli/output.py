"""How every command answers: findings as lines or JSON, and its exit code (0 clean, 1 something found, 2 cannot check)."""

import json
import re
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from shared.contracts.source import Finding
from tooling.boundaries.tree import Violation
from tooling.paths import ROOT

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
FOUND = 1
CANNOT = 2
COMMAND = re.compile(r"python -m (?:tooling|tests)[\w. -]+(?:\| git apply)?")
"""In the fix of a finding: what mends it without a thought."""
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class CannotCheck(Exception):
    """What to say when there is nothing to judge: no repository, no such feature, an unreadable file."""


def print_json(data: object) -> None:
    """Prints `data`; paths are those below the repository."""
    print(json.dumps(data, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value.relative_to(ROOT) if value.is_relative_to(ROOT) else value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def show(title: str, found: Sequence[Finding | Violation], began: float, *, json_: bool) -> NoReturn:
    """Prints what one check found and ends the command."""
    if json_:
        print_json(document(title, found, began))
    else:
        print_findings(title, found, began)
    raise typer.Exit(FOUND if wrong(found) else 0)


def wrong(found: Sequence[Finding | Violation]) -> list[Finding | Violation]:
    """`found` without what is only left to do."""
    return [one for one in found if isinstance(one, Violation) or not one.todo]


def document(title: str, found: Sequence[Finding | Violation], began: float) -> dict[str, object]:
    """What one check found, as JSON for programs."""
    problems = wrong(found)
    seconds = round(time.perf_counter() - began, 2)
    todo = [one for one in found if isinstance(one, Finding) and one.todo]
    cured = cures(problems)
    return {"check": title, "ok": not problems, "seconds": seconds, "cures": cured, "found": problems, "todo": todo}


def cures(found: Sequence[Finding | Violation]) -> dict[str, int]:
    """The commands that mend findings, with how many each mends."""
    commands = (COMMAND.search(one.fix if isinstance(one, Finding) else one.instead) for one in found)
    return dict(Counter(command[0].strip() for command in commands if command).most_common())


def print_findings(title: str, found: Sequence[Finding | Violation], began: float) -> None:
    """Prints what one check found, for people: first the commands that mend what was found, then what they do not mend, then the rest."""
    problems = wrong(found)
    commands = cures(problems)
    for command, count in commands.items():
        console.print(
            Text("run: ", "bold").append(command, "bold cyan").append(f"  (mends {count} of {len(problems)})")
        )
    for one in sorted(problems, key=lambda one: bool(cures([one]))):
        console.print(_lines(one))
    todo = [one for one in found if one not in problems]
    if todo:
        console.print(Text("to do, for features that no service implements yet:", "bold"))
    for one in todo:
        console.print(_lines(one))
    mark = Text(f"✗ {title}: {len(problems)} found", "bold red") if problems else Text(f"✓ {title}", "bold green")
    mark.append(f", {len(todo)} to do" if todo else "")
    console.print(mark.append(f", {time.perf_counter() - began:.1f} s", "dim"))


def _lines(one: Finding | Violation) -> Text:
    if isinstance(one, Violation):
        file = one.path
        advice = [("why", one.why), ("instead", one.instead)]
        what = one.what
    else:
        file = Path(_plain(one.file))
        advice = [("fix", one.fix)]
        what = one.text
    text = Text(f"{file}:{one.line}", "bold").append(f" [{one.rule}] ", "yellow").append(what)
    for label, words in advice:
        text.append(f"\n    {label}: ", "dim").append(words)
    return text


@contextmanager
def refusing(*kinds: type[Exception]) -> Generator[None]:
    """Turns what cannot be checked into one message and exit code 2."""
    try:
        yield
    except (CannotCheck, *kinds) as error:
        errors.print(Text("✗ ", "bold red").append(" ".join(str(error).split())))
        raise typer.Exit(CANNOT) from None

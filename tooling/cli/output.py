"""How every command answers: findings as lines or JSON, and its exit code (0 clean, 1 something found, 2 cannot check)."""

import json
import time
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
FOUND, CANNOT = 1, 2
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class CannotCheck(Exception):
    """What to say when there is nothing to judge: no repository, no such feature, an unreadable file."""


def as_json(data: object) -> None:
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
        as_json(told(title, found, began))
    else:
        tell(title, found, began)
    raise typer.Exit(FOUND if found else 0)


def told(title: str, found: Sequence[Finding | Violation], began: float) -> dict[str, object]:
    """What one check found, for programs."""
    return {"check": title, "ok": not found, "seconds": round(time.perf_counter() - began, 2), "found": found}


def tell(title: str, found: Sequence[Finding | Violation], began: float) -> None:
    """The same for people."""
    for one in found:
        console.print(_lines(one))
    mark = Text(f"✗ {title}: {len(found)} found", "bold red") if found else Text(f"✓ {title}", "bold green")
    console.print(mark.append(f", {time.perf_counter() - began:.1f} s", "dim"))


def _lines(one: Finding | Violation) -> Text:
    if isinstance(one, Violation):
        file, told = one.path, [("why", one.why), ("instead", one.instead)]
        what = one.what
    else:
        file, told = Path(_plain(one.file)), [("fix", one.fix)]
        what = one.text
    text = Text(f"{file}:{one.line}", "bold").append(f" [{one.rule}] ", "yellow").append(what)
    for label, words in told:
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

"""A copy of what the checks read, in which one violation is made at a time."""

import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from shared.contracts.loader import load as load_contracts
from tooling.contracts.schemas import stale
from tooling.paths import ROOT
from tooling.traces.diagrams.pages import INDEX, index, page_of

CASES = Path(__file__).with_name("cases")
READ = (
    ".py",
    ".ts",
    ".tsx",
    ".mts",
    ".js",
    ".mjs",
    ".yaml",
    ".yml",
    ".md",
    ".sql",
    ".txt",
    ".cql",
    ".json",
    ".html",
    ".png",
    "VERSION",
    "SHA256SUMS",
)
HOMES = (
    "back-",
    "back_redis",
    "front-",
    "shared/",
    "tooling/",
    "docs/features/",
    "deploy/config/",
    "docker-compose.yml",
)
OBSERVED = Path(__file__).with_name("observed")
"""A small system with the spans of its run, for what is not seen in the code."""
SAMPLE = Path(__file__).with_name("sample")
"""A feature that is laid over the copy: what most cases about contracts and manifests break."""
VERSIONED = Path(__file__).with_name("versioned")
"""A small system with versions: no case about them hangs on what a real feature promises."""


class Case(BaseModel):
    """The smallest edit that `breaks` a rule: `find` and `replace` in `file`, or `append` to it, or `write` it.

    `check` must report `rule`, in words that hold `says`, at `file` or else `at`; `also` are rules that the same edit breaks
    beside it. `live`: the service's OpenAPI is made anew. Cases of `observed` and `versions` are edits of the
    small systems in observed/ and versioned/.
    `delete` takes the file away.
    """

    model_config = ConfigDict(extra="forbid")

    breaks: str
    check: Literal["boundaries", "contracts", "versions", "observed"]
    rule: str
    file: str
    at: str | None = None
    says: str = ""
    also: list[str] = []
    live: bool = False
    find: str | None = None
    replace: str = ""
    append: str | None = None
    write: str | None = None
    delete: bool = False

    def applied(self, text: str) -> str:
        if self.write is not None:
            return self.write
        if self.append is not None:
            return text + self.append
        assert self.find, "an edit has `find`, `append` or `write`"
        assert text.count(self.find) == 1, f"{text.count(self.find)} places in {self.file} look like `find`"
        return text.replace(self.find, self.replace)


def load(path: Path) -> Case:
    return Case.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def copy(target: Path) -> Path:
    """The tracked and new files that the checks read, below `target`."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in listed.split("\0"):
        tested = re.search(r"^(back|front|shared|tests).*/(test_[^/]*\.py|[^/]*\.test\.tsx?)$", name)
        read = name.startswith(HOMES) and "/tests/" not in name and (name.endswith(READ) or name == "back_redis")
        if tested or read:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name, follow_symlinks=False)
    lay_sample(target)
    return target


def lay_sample(target: Path) -> None:
    """The feature greetings, with what is generated of it."""
    shutil.copytree(SAMPLE, target, dirs_exist_ok=True)
    contracts = target / "shared/contracts"
    stale([contracts / "greetings/feature.yaml"], write=True)
    known = [contract for _, contract in load_contracts(contracts)[0]]
    (target / INDEX).write_text(
        index([one for one in known if (target / page_of(one.name)).is_file()]), encoding="utf-8"
    )


@contextmanager
def broken(tree: Path, case: Case) -> Generator[None]:
    """`tree` with the violation of `case` in it, and without it afterwards."""
    path = tree / case.file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    assert (before is None) <= (case.write is not None), f"{case.file} does not exist"
    path.parent.mkdir(parents=True, exist_ok=True)
    if case.delete:
        path.unlink()
    else:
        path.write_text(case.applied(before or ""), encoding="utf-8")
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")

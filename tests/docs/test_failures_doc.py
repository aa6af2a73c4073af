"""docs/failures.md shows what the code declares. `python -m tests.docs.test_failures_doc` brings it up to date."""

import re
from pathlib import Path

from shared.utils.failures import table

PAGE = Path(__file__).parents[2] / "docs" / "failures.md"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- /table -->)", re.DOTALL)


def _current() -> str:
    return _TABLE.sub(lambda _: table() + "\n", PAGE.read_text(encoding="utf-8"))


def test_the_table_is_the_declaration() -> None:
    assert PAGE.read_text(encoding="utf-8") == _current(), "run `python -m tests.docs.test_failures_doc`"


if __name__ == "__main__":
    PAGE.write_text(_current(), encoding="utf-8")

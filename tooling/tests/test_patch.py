"""The patch of `contracts diff`: which scalars change, how they are written, and that the rest stays."""

import pytest

from tooling.changes.bumps import Bump, Where
from tooling.changes.patch import edited, line_of, unified

CONTRACT = "shared/contracts/a/feature.yaml"
TEXT = """# a contract
name: a
version: 1.0.0
dependencies:
- back-api: ">=1.0.0"
- back-auth: '^1.0.0'
- {back-redis: 1.0.0, back-mail: 1.2.0}  # both
"""


def bump(where: Where, expected: str, file: str = CONTRACT) -> Bump:
    return Bump(file, where, "", expected, "it changed", "a")


def changed(*bumps: Bump) -> dict[int, str]:
    """The lines that differ, by number."""
    ((_, text),) = edited({CONTRACT: TEXT}, list(bumps))
    pairs = zip(TEXT.splitlines(), text.splitlines(), strict=True)
    return {number: after for number, (before, after) in enumerate(pairs, 1) if before != after}


@pytest.mark.parametrize(
    ("where", "wanted", "line", "text"),
    [
        (("version",), "1.1.0", 3, "version: 1.1.0"),
        (("dependencies", 0, "back-api"), ">=2.0.0", 5, '- back-api: ">=2.0.0"'),
        (("dependencies", 1, "back-auth"), "^2.0.0", 6, "- back-auth: '^2.0.0'"),
        (("version",), "^1.0.0", 3, "version: ^1.0.0"),
        (("version",), "=1.0.0", 3, 'version: "=1.0.0"'),
        (("version",), "1.0.0 || 2.0.0", 3, 'version: "1.0.0 || 2.0.0"'),
        (("version",), "*", 3, 'version: "*"'),
    ],
)
def test_a_scalar_keeps_its_quotes_and_gets_some_where_it_needs_them(
    where: Where, expected: str, line: int, text: str
) -> None:
    assert changed(bump(where, expected)) == {line: text}
    assert line_of({CONTRACT: TEXT}, bump(where, expected)) == line


def test_several_scalars_of_a_file_and_of_a_line_change_together() -> None:
    both = [bump(("dependencies", 2, "back-redis"), "10.0.0"), bump(("dependencies", 2, "back-mail"), "1.3.0")]
    assert changed(bump(("version",), "2.0.0"), *both) == {
        3: "version: 2.0.0",
        7: "- {back-redis: 10.0.0, back-mail: 1.3.0}  # both",
    }


def test_a_file_that_is_a_version_is_written_anew() -> None:
    files = {"back-api/VERSION": "1.0.0\n", CONTRACT: TEXT}
    whole = bump((), "1.1.0", "back-api/VERSION")
    assert line_of(files, whole) == 1
    assert dict(edited(files, [bump(("version",), "2.0.0"), whole])).keys() == files.keys()
    assert unified(files, [whole]) == ("--- a/back-api/VERSION\n+++ b/back-api/VERSION\n@@ -1 +1 @@\n-1.0.0\n+1.1.0\n")


def test_what_cannot_be_read_is_no_place_to_edit() -> None:
    broken = {CONTRACT: "a: ["}
    assert line_of(broken, bump(("a",), "1")) == 1
    with pytest.raises(TypeError, match="was read before"):
        list(edited(broken, [bump(("a",), "1")]))

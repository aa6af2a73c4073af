"""No test is judged by the wall clock of a loaded machine."""

import re
import time
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from stack.paths import ROOT

MOST_IMPATIENT = 600


@given(st.integers(max_value=0))
def test_an_example_may_take_its_time(number: int) -> None:
    if number == 0:
        time.sleep(0.3)  # noqa: TID251 - that is what is tried: more than Hypothesis would allow


def test_what_hangs_is_ended_late() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert options["timeout"] >= MOST_IMPATIENT
    bounded = [
        str(path.relative_to(ROOT))
        for folder in (ROOT / "tests", ROOT / "shared" / "tests", *ROOT.glob("back-*/tests"))
        for path in folder.rglob("*.py")
        for seconds in re.findall(r"mark\.timeout\((\d+)\)", path.read_text())
        if int(seconds) < MOST_IMPATIENT
    ]
    assert not bounded

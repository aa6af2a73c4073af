"""A plugin of pytest that writes, for each collected test, its id and why it might be left out, as JSON to $MARKS."""

import inspect
import json
import os
from pathlib import Path
from typing import Any

import pytest

LEFT_OUT = ("skip", "skipif", "xfail")


def pytest_collection_finish(session: pytest.Session) -> None:
    found = {_id(item): _reason(item) for item in session.items}
    Path(os.environ["MARKS"]).write_text(json.dumps(found), encoding="utf-8")


def _id(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _reason(item: Any) -> str:
    marks = [name for name in LEFT_OUT if item.get_closest_marker(name)]
    if not marks and "pytest.skip(" in inspect.getsource(item.function):
        marks = ["skip inside"]
    return f"may be left out ({marks[0]})" if marks else ""

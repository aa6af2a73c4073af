"""What a Python file brings in and writes, with lines: the ground on which the rules over Python stand."""

import pytest

from tooling.boundaries import folded, python_names
from tooling.boundaries.folded import UNKNOWN, calls, calls_of
from tooling.boundaries.python_names import TooDeep


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("import a.b", [("a.b", 1)]),
        ("\nimport a.b as c, d\nc.e", [("a.b", 2), ("d", 2), ("a.b.e", 3)]),
        ("import a.b\na.b.c()", [("a.b", 1), ("a.b.c", 2), ("a.b", 2)]),
        ("from a import b\nb.c", [("a.b", 1), ("a.b.c", 2)]),
        ("from a import b as x\nx.c\nb.c", [("a.b", 1), ("a.b.c", 2)]),
        ("from a import *", [("a.*", 1)]),
        ("from . import b\nfrom .c import d\nb.e", []),
        ("b.c\nf().d", []),
        ("__import__('a')", [("a", 1)]),
        ("from importlib import import_module as load\nload('a.b')", [("importlib.import_module", 1), ("a.b", 2)]),
        ("import importlib\nimportlib.import_module(name)", [("importlib", 1), ("importlib.import_module", 2)]),
        ("import_module('a')", [("a", 1)]),
        ("import_module()\nother('a')", []),
    ],
)
def test_what_a_file_uses_is_named_by_where_it_comes_from(source: str, used: list[tuple[str, int]]) -> None:
    assert python_names.read(source).used == used


def test_texts_and_changes_of_the_path_have_their_lines() -> None:
    names = python_names.read("import sys\n\nx = ['a', 1, b'c']\nsys.path.insert(0, 'd')\nsys.argv\n")
    assert names.texts == [("a", 3), ("d", 4)]
    assert names.path_tricks == [4]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a = 'xy'  # no\nb\n", "a =           \nb\n"),
        ("a('x', 'y')\n", "a(   ,    )\n"),
        ('a = """x\ny\nz"""; b\n', "a =     \n \n    ; b\n"),
    ],
)
def test_strings_and_comments_are_blanked_and_lines_stay(source: str, code: str) -> None:
    assert python_names.code(source) == code
    assert [len(line) for line in code.splitlines()] == [len(line) for line in source.splitlines()]


@pytest.mark.parametrize("source", ["(" * 5_000 + ")" * 5_000, "x = " + "-" * 100_000 + "1"])
def test_what_is_nested_too_deeply_is_reported_and_stops_nothing(source: str) -> None:
    with pytest.raises(SyntaxError):
        python_names.parsed(source)


def test_who_nests_too_deeply_reads_so() -> None:
    assert TooDeep().msg == "nested too deeply to be read"


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("x = 'a' + 'b'", {"ab", "a", "b"}),
        ("x = f'a{1}b'", {"a{}b"}),
        ("N = 'n'\nx = f'a{N}'", {"n", "an"}),
        ("def f(N):\n    return f'a{N}'", {"a{}"}),
        ("def f():\n    N = 'inner'\nx = f'a{N}'", {"inner", "a{}"}),
        ("N = 'outer'\ndef f():\n    N = 'inner'\n    return f'a{N}'", {"outer", "inner", "ainner"}),
        ("N = 'one'\nN = 'two'\nx = f'a{N}'", {"one", "two", "aone", "atwo"}),
        ("x = f'{1 if y else 2}'", {"{}"}),
        ("""x = f'a{"b" if y else "c"}'""", {"ab", "ac"}),
        ("self.n = 'n'\nx = f'a{self.n}'", {"n", "an"}),
        ("A, B = 'a', 'b'\nx = f'{A}{B}'", {"a", "b", "ab"}),
        ("N: str = 'n'\nx = f'a{N}'", {"n", "an"}),
        ("if (N := 'n'):\n    x = f'a{N}'", {"n", "an"}),
        ("N: str\nx = f'a{N}'", {"a{}"}),
        ("x = 'a' * 2", {"a"}),
    ],
)
def test_the_texts_that_a_file_makes(source: str, texts: set[str]) -> None:
    assert {text for text, _ in folded.texts(source)} - {UNKNOWN} == texts - {UNKNOWN}


def test_docstrings_are_no_texts_and_the_others_have_their_lines() -> None:
    source = '"""A docstring."""\n\n\ndef f():\n    """Another."""\n    return "a"\n'
    assert folded.texts(source) == [("a", 6)]


def test_a_name_that_holds_itself_ends_and_very_many_choices_are_cut() -> None:
    assert UNKNOWN in {text.replace("a", "") for text, _ in folded.texts("N = f'a{N}'")}
    many = "\n".join(f"N = 'n{number:02}'" for number in range(20))
    made = {text for text, _ in folded.texts(f"{many}\nx = f'a{{N}}'") if text.startswith("a")}
    assert made == {f"an{number:02}" for number in range(16)}


def test_a_call_knows_its_name_its_import_and_what_it_is_given() -> None:
    source = (
        "from shared.chassis.client import ServiceClient as Client\n"
        "import a\n"
        "URL = 'http://x'\n\n"
        "Client('back-api', url=URL, **more)\n"
        "self._postgres.get(f'/users/{id}')\n"
        "made()('y')\n"
    )
    client, get, outer, inner = calls(source)
    assert (client.name, client.imported, client.line) == ("Client", "shared.chassis.client.ServiceClient", 5)
    assert (client.arguments, client.keywords) == ([{"back-api"}], {"url": {"http://x"}})
    assert (get.name, get.arguments, get.line) == ("self._postgres.get", [{"/users/{}"}], 6)
    assert (outer.name, outer.arguments) == ("", [{"y"}])
    assert inner.name == "made"


def test_calls_are_found_by_their_own_or_their_imported_name() -> None:
    source = "from x import connect as c\nc(1)\nx.connect(2)\nother(3)\n"
    assert [call.line for call in calls_of(source, "connect")] == [2, 3]
    assert [call.line for call in calls_of(source, "other", "c")] == [2, 4]
    assert list(calls_of(source, "nothing")) == []


def test_a_method_of_what_was_imported_is_named_by_its_import() -> None:
    (call,) = calls("from redis import asyncio as r\nr.Redis.from_url('u')\n")
    assert (call.name, call.imported) == ("r.Redis.from_url", "redis.asyncio.Redis.from_url")

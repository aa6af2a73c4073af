"""The consumer's side: what the fronts call is in a contract, and has a type of the shared models."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.contracts.contracts import load, names
from tooling.contracts import typescript
from tooling.contracts.operations import anonymous
from tooling.paths import ROOT

CALL = re.compile(r"""\.(get|post|put|patch|delete|stream)(?:<(.*?)>)?\(\s*[`"'](/(?:api|\.well-known)/[^`"']*)[`"']""")
ENDPOINTS = {
    f"{endpoint.method} {anonymous(endpoint.path)}": (load(name), endpoint)
    for name in names()
    for endpoint in load(name).endpoints
}


def _sources() -> list[Path]:
    """The modules of the fronts, and those that they share, without tests and what is generated."""
    homes = [ROOT / "front-public" / "app", ROOT / "front-admin" / "app", ROOT / "shared" / "front"]
    files = [path for home in homes for path in home.rglob("*.ts*") if "node_modules" not in path.parts]
    return sorted(path for path in files if ".test." not in path.name)


def _calls() -> list[tuple[str, str, str, str]]:
    """(file, front, `METHOD /path`, type of the answer) of every call to a service."""
    return [
        (str(path.relative_to(ROOT)), path.relative_to(ROOT).parts[0], _key(method, route), answer or "")
        for path in _sources()
        for method, answer, route in CALL.findall(path.read_text(encoding="utf-8"))
    ]


def _key(method: str, route: str) -> str:
    path = re.sub(r"\$\{[^}]*\}", "{}", route).partition("?")[0]
    return f"{'GET' if method == 'stream' else method.upper()} {path}"


def _schema_name(answer: str) -> str:
    """`Page<Invoice>` and `{ items: Plan[] }` as the contract writes them."""
    paged = re.sub(r"^(Page|Items)<(\w+)$", r"\1[\2]", answer.removesuffix(">"))
    return re.sub(r"^\{ items: (\w+)\[\] \}$", r"Items[\1]", paged)


CALLS = _calls()


def test_calls_are_found():
    assert len(CALLS) > 20


@pytest.mark.parametrize(("file", "front", "key", "answer"), CALLS)
def test_a_call_of_a_front_is_in_a_contract(file: str, front: str, key: str, answer: str):
    assert key in ENDPOINTS, f"{file}: no contract has {key}"
    contract, endpoint = ENDPOINTS[key]
    assert endpoint.auth != "internal", f"{file}: {key} is internal"
    listed = {service.name for service in contract.services}
    assert front == "shared" or front in listed, f"{file}: add {front} to the services of the contract {contract.name}"
    name = _schema_name(answer)
    if re.fullmatch(r"(Page|Items)\[\w+\]|[A-Z]\w+", name):
        assert name in endpoint.response.values(), f"{file}: {key} answers {endpoint.response}, not {name}"


def test_every_type_that_a_call_names_is_generated():
    generated = set(
        re.findall(r"^export (?:interface|type) (\w+)", (ROOT / typescript.TYPES.path).read_text(), re.MULTILINE)
    )
    named = {_schema_name(answer) for _, _, _, answer in CALLS}

    assert {re.sub(r"^(Page|Items)\[(\w+)\]$", r"\2", name) for name in named if name[:1].isupper()} <= generated
    assert generated >= {"Profile", "Notification", "Subscription", "Invoice", "User", "Task", "LiveMessage"}


IMPORT = re.compile(r'(?:from|import\()\s*"(\.[^"]+|@dashboard/front/[^"]+)"')


def _imported(path: Path) -> set[Path]:
    """The modules of ours that `path` imports, types included."""
    home = ROOT / "shared" / "front"
    found = (name.removeprefix("@dashboard/front/") for name in IMPORT.findall(path.read_text(encoding="utf-8")))
    return {((path.parent if name.startswith(".") else home) / name).resolve() for name in found}


def test_the_modules_of_the_fronts_import_each_other_in_no_circle():
    TopologicalSorter({path: _imported(path) for path in _sources()}).prepare()

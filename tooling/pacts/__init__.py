"""The pacts: what each consumer was found to need of a provider, one file for both, in Pact's format (specification 4).

The consumers' tests write below `.stack/pacts`; what is committed lies in `shared/contracts/pacts`, in a form without what changes by itself.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from stack.paths import HOME
from tooling.paths import CONTRACTS

WRITTEN = HOME / "pacts"
COMMITTED = CONTRACTS / "pacts"
WIDTH = 120
Json = dict[str, Any]


def normal(pact: Json) -> str:
    """Sorted, without the versions of the tools that wrote it."""
    interactions = sorted(pact["interactions"], key=lambda one: (one["description"], json.dumps(one)))
    metadata = {"pactSpecification": pact["metadata"]["pactSpecification"]}
    stable = {**pact, "interactions": [_plain(one) for one in interactions], "metadata": metadata}
    return _text(stable) + "\n"


def _text(value: Any, indent: str = "") -> str:
    """JSON in sorted lines of readable width, so that a difference shows where it is."""
    line = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent + line) <= WIDTH:
        return line
    inner = indent + "  "
    if isinstance(value, list):
        items = [inner + _text(item, inner) for item in cast(list[Any], value)]
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    known = sorted(cast(Json, value).items())
    members = [f"{inner}{json.dumps(name)}: {_text(item, inner)}" for name, item in known]
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _plain(interaction: Json) -> Json:
    return {name: value for name, value in interaction.items() if name != "pending"}


def read(folder: Path) -> dict[str, str]:
    """The pacts in a folder by file name, normal."""
    return {path.name: normal(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))}


def differences(written: Path = WRITTEN, committed: Path = COMMITTED) -> Iterator[str]:
    """What the consumers need by now and what is committed, where these differ: a sentence each."""
    new = read(written)
    old = read(committed)
    for name in sorted(new.keys() | old.keys()):
        if name not in new:
            yield f"{name}: no consumer's test writes it"
        elif name not in old:
            yield f"{name}: is new"
        elif new[name] != old[name]:
            yield from (f"{name}: {what}" for what in _changed(json.loads(old[name]), json.loads(new[name])))


def _changed(old: Json, new: Json) -> Iterator[str]:
    before = _by_description(old)
    after = _by_description(new)
    yield from (f'"{one}" is asked no more' for one in sorted(before.keys() - after.keys()))
    yield from (f'"{one}" is asked as well' for one in sorted(after.keys() - before.keys()))
    yield from (f'"{one}" changed' for one in sorted(before.keys() & after.keys()) if before[one] != after[one])


def _by_description(pact: Json) -> Json:
    return {one["description"]: one for one in cast(list[Json], pact["interactions"])}


def accept(written: Path = WRITTEN, committed: Path = COMMITTED) -> None:
    """Makes what the consumers need by now what is committed."""
    new = read(written)
    committed.mkdir(exist_ok=True)
    for path in committed.glob("*.json"):
        if path.name not in new:
            path.unlink()
    for name, text in new.items():
        (committed / name).write_text(text, encoding="utf-8")

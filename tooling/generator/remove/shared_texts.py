"""What a feature leaves in files that others own: its lines are taken out, all else stays as it is written."""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

import yaml
from yaml import MappingNode, Node, SequenceNode

from shared.contracts.manifest import Contract
from tooling import pacts
from tooling.generator.remove.tree import Files, shape

_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]+)\)")
PERMISSIONS = Path("shared", "security", "permissions.py")
BOUNDARIES = Path("shared", "contracts", "boundaries.yaml")


def without_events(text: str, types: Collection[str]) -> str:
    """A contract that consumes the events `types` no more."""
    node = _at(yaml.compose(text, yaml.SafeLoader), "events", "consumed")
    items = cast("list[MappingNode]", node.value) if isinstance(node, SequenceNode) else []
    lines = text.splitlines(keepends=True)
    for item in reversed(items):
        pairs = {str(key.value): str(value.value) for key, value in cast("list[tuple[Node, Node]]", item.value)}
        if pairs["type"] in types:
            end = item.end_mark.line + (1 if item.flow_style else 0)
            del lines[item.start_mark.line : end]
    return "".join(lines)


def without_tables(text: str, tables: Collection[str], models: Collection[str]) -> str:
    """boundaries.yaml without the rights on `tables`, and without rules' mention of the modules `models`."""
    for table in tables:
        text = re.sub(rf"(?<=[{{ ]){table}: \[[^\]]*\](?:, )?", "", text)
    for module in models:
        text = re.sub(rf"(?:, )?\b{re.escape(module)}\b(?=[,\]])", "", text)
    return re.sub(r", \}", "}", re.sub(r"\[, ", "[", text))


def without_permissions(text: str, gone: Collection[str]) -> str:
    """permissions.py without the permissions `gone`."""
    for name in gone:
        text = re.sub(rf'^ *"{name}",\n', "", text, flags=re.MULTILINE)
        text = re.sub(rf'(?:, )"{name}"|"{name}"(?:, )', "", text)
    return re.sub(r'\(("[^",]+")\)', r"(\1,)", text)


def permissions_of(files: Files, contract: Contract, own: Collection[str]) -> list[str]:
    """Those that the contract asks for, and that nothing else names."""
    asked = {one.permission for one in (*contract.endpoints, *contract.pages) if one.permission}
    others = [
        text
        for path, text in files.texts.items()
        if path not in own and path != PERMISSIONS.as_posix() and path.endswith((".py", ".ts", ".tsx", ".yaml"))
    ]
    return sorted(name for name in asked if not any(f"{name}" in text for text in others))


def without_mentions(text: str, folder: str, gone: Collection[str]) -> str:
    """A document that names the paths `gone` as plain words, and links to none of them; `folder` is the document's."""

    def is_gone(path: str) -> bool:
        return path.rstrip("/").partition("::")[0] in gone

    text = _SPAN.sub(lambda found: f"{found[1]} (removed)" if is_gone(found[1]) else found[0], text)
    return _LINK.sub(lambda found: found[1] if is_gone(_below(folder, found[2])) else found[0], text)


def without_entry(index: str, feature: str) -> str:
    """The list of pages without the feature's."""
    return "".join(line for line in index.splitlines(keepends=True) if not line.startswith(f"- [{feature}]("))


def without_fields(changelog: str, feature: str) -> str:
    """The CHANGELOG without the fields that were added to the feature since the last release."""
    head, unreleased, rest = changelog.partition("## Unreleased\n")
    new, title, older = rest.partition("\n## ")
    kept = "".join(line for line in new.splitlines(keepends=True) if not line.endswith(f" ({feature}).\n"))
    return head + unreleased + kept + title + older


def _below(folder: str, link: str) -> str:
    parts = folder.split("/") if folder else []
    for part in link.partition("#")[0].split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts = [*parts, part]
    return "/".join(parts)


def without_interactions(text: str, contract: Contract) -> str | None:
    """A pact without what asks an endpoint of the contract; None when nothing is left."""
    pact = json.loads(text)
    gone = {(one.method, shape(one.path)) for one in contract.endpoints if one.service == pact["provider"]["name"]}
    kept = [one for one in pact["interactions"] if not _asks(one, gone)]
    if len(kept) == len(pact["interactions"]):
        return text
    return pacts.normal({**pact, "interactions": kept}) if kept else None


def _asks(interaction: dict[str, Any], gone: Collection[tuple[str, str]]) -> bool:
    request = interaction["request"]
    parts = str(request["path"]).split("/")
    return any(method == request["method"] and _fits(path.split("/"), parts) for method, path in gone)


def _fits(path: list[str], parts: list[str]) -> bool:
    return len(path) == len(parts) and all(one in ("{}", other) for one, other in zip(path, parts, strict=True))


def _at(node: Node | None, *keys: str) -> Node | None:
    for key in keys:
        node = next((value for known, value in _pairs(node) if known.value == key), None)
    return node


def _pairs(node: Node | None) -> Iterator[tuple[Node, Node]]:
    if isinstance(node, MappingNode):
        yield from cast("list[tuple[Node, Node]]", node.value)

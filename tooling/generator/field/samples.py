"""A sample of the new field in the contract's examples: tests of every store and page take theirs from there."""

import json
import re
from typing import cast

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

_WORDS = re.compile(r"[A-Z][a-z]+(?: [a-z]+)*")
"""What YAML takes as a text without quotes."""


def with_example(text: str, model: str, name: str, value: object) -> str:
    """The contract `text` whose last example of `model` has the field too; the same when there is no example."""
    example = _last_example(text, model)
    if example is None:
        return text
    sample = value if isinstance(value, str) and _WORDS.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if example.flow_style:
        at = example.end_mark.index - 1
        return f"{text[:at]}{', ' if example.value else ''}{name}: {sample}{text[at:]}"
    first_key, _ = cast("list[tuple[Node, Node]]", example.value)[0]
    _, last = cast("list[tuple[Node, Node]]", example.value)[-1]
    at = text.index("\n", last.end_mark.index - 1) + 1
    return f"{text[:at]}{' ' * first_key.start_mark.column}{name}: {sample}\n{text[at:]}"


def _last_example(text: str, model: str) -> MappingNode | None:
    listed = _value(_value(yaml.compose(text, yaml.SafeLoader), "examples"), model)
    last = listed.value[-1] if isinstance(listed, SequenceNode) and listed.value else None
    return last if isinstance(last, MappingNode) else None


def _value(node: Node | None, key: str) -> Node | None:
    pairs = cast("list[tuple[Node, Node]]", node.value) if isinstance(node, MappingNode) else []
    return next((value for known, value in pairs if isinstance(known, ScalarNode) and known.value == key), None)

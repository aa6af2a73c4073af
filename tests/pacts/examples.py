"""The values that stand in a pact for what only the provider knows: a name in braces is replaced by its example when the
consumer is tried, and by what the provider state returns under that name when the provider is verified."""

import json
import re
from pathlib import Path

from pact import generate
from pact.match import AbstractMatcher
from pact.match.matcher import GenericMatcher


class Examples(dict[str, str]):
    """What has no entry in examples.json follows by rule, as in `exampleOf` (consumer.ts): an id (`invoice_id`) is `some_id`,
    and any other name is itself (`some-slug`)."""

    def __missing__(self, name: str) -> str:
        return self["some_id"] if name.endswith("_id") else f"some-{name.replace('_', '-')}"


EXAMPLES = Examples(json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8")))
USER = EXAMPLES["user_id"]
OTHER = EXAMPLES["some_id"]
CORRELATION = EXAMPLES["correlation_id"]
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
"""The smallest picture."""
_NAME = re.compile(r"\{(\w+)\}")


def injected(template: str) -> str | AbstractMatcher[str]:
    """`template` itself when no name stands in it."""
    if not _NAME.search(template):
        return template
    parts = [re.escape(part) for part in _NAME.split(template)[::2]]
    return GenericMatcher(
        "regex",
        template.format_map(EXAMPLES),
        generator=generate.provider_state(template.replace("{", "${")),
        extra_fields={"regex": f"^{'[^/]+'.join(parts)}$"},
    )

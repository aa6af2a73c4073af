"""A feature takes part by what lies in its folder: no list names it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import features
import pytest
from discovery import merged, module_names
from features.audit.entries import audit_rules, entry
from features.notifications.catalogue import Catalogue
from features.notifications.registry import in_app_messages, mail_messages, message_for, message_models
from resources import build_consumers
from tests.fakes import fake_peers
from tests.samples import USER, event

from shared.models.event_data import EVENT_DATA

DATA = """
from shared.models.events import EventData

class ExampleCreated(EventData, event="example.created"):
    title: str
"""
AUDIT = """
from features.audit.rule import AuditRule
from .data import ExampleCreated

AUDIT_RULES = {ExampleCreated: AuditRule("example", ("title",))}
"""
MESSAGES = """
from features.notifications.message import EventMessage, MessageModel
from .data import ExampleCreated

class ExampleMessage(MessageModel):
    key = "example"
    kind = "welcome"
    title: str

def _created(event, data):
    return EventMessage(event, event.user_id, ExampleMessage(title=data.title))

MAIL_MESSAGES = {ExampleCreated: _created}
IN_APP_MESSAGES = {ExampleCreated: _created}
"""
CONSUMER = """
from events.consumer import Consumer, handles
from .data import ExampleCreated

def consumer(peers):
    async def ignore(event, data): ...
    return Consumer(group="examples", idempotency="natural", handlers=(handles(ExampleCreated, ignore),))
"""
TEXTS = """
example:
  title: "Kept: {{ title }}"
  body: You find it among your examples.
  mail: {subject: Kept, heading: Kept, paragraphs: ["{{ title }}"], button: Look, why: You asked for it.}
"""
EXAMPLES = {
    "data.py": DATA,
    "audit.py": AUDIT,
    "messages.py": MESSAGES,
    "consumer.py": CONSUMER,
    "tasks.py": "",
    "texts/en.yaml": TEXTS,
    "texts/de.yaml": TEXTS,
}
CACHES: tuple[Any, ...] = (audit_rules, mail_messages, in_app_messages, message_models)


@pytest.fixture
def drop_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, dict[str, str]], None]]:
    """Adds a folder of such files to the features, for the test."""
    known = dict(EVENT_DATA)
    monkeypatch.setattr(features, "__path__", [*features.__path__, str(tmp_path)])

    def drop(feature: str, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = tmp_path / feature / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _forget()

    yield drop
    for module in [name for name in sys.modules if name.startswith(("features.examples", "features.twin"))]:
        del sys.modules[module]
    EVENT_DATA.clear()
    EVENT_DATA.update(known)
    _forget()


def _forget() -> None:
    for each in CACHES:
        each.cache_clear()


def test_a_feature_folder_that_is_dropped_in_takes_part(drop_in: Callable[[str, dict[str, str]], None]) -> None:
    drop_in("examples", EXAMPLES)
    mail: Any = SimpleNamespace(mail_from="a@example.com", mail_support="", public_url="", smtp_host="", smtp_port=25)
    consumers = {consumer.group: consumer for consumer in build_consumers(fake_peers(settings=mail))}
    takers = {group for group, consumer in consumers.items() if ("example.created", 1) in consumer.by_key}
    assert takers == {"audit", "examples", "mail", "notifications"}
    assert "features.examples.tasks" in module_names("tasks")

    published = event("example.created", {"title": "Kept pages"})
    message = message_for(published)
    texts = Catalogue()
    assert texts.in_app(message.message, texts.locale("de", "UTC"))[0] == "Kept: Kept pages"
    audited = entry(published, EVENT_DATA["example.created", 1].from_event(published))
    assert (audited.subject_type, audited.actor, audited.details) == ("example", USER, {"title": "Kept pages"})


def test_two_features_cannot_declare_the_same_event(drop_in: Callable[[str, dict[str, str]], None]) -> None:
    drop_in("examples", EXAMPLES)
    drop_in("twin", {"audit.py": AUDIT.replace("from .data", "from features.examples.data")})
    with pytest.raises(ValueError, match=r"features\.twin\.audit: another feature has .*ExampleCreated"):
        merged("audit", "AUDIT_RULES")

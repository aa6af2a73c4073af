"""What the event monitor asks of back-postgres."""

import importlib

import pytest

from shared.models.events import OutboxFigures
from tests.pacts.consumer import Ask, Interaction, ok

pytestmark = pytest.mark.pact
Outbox = importlib.import_module("features.domain-events.infrastructure").BackPostgresOutbox
FIGURES = OutboxFigures(pending=0, oldest_seconds=0.0, dead=0)


async def test_the_outbox_is_told_as_it_is_read() -> None:
    asked = Ask("GET", "/internal/outbox/figures")
    figures = Interaction("outbox figures", "nothing", asked, ok(FIGURES), lambda c: Outbox(c).figures(), FIGURES)
    await figures.holds("back-api", "back-postgres")

"""What the event monitor asks of back-postgres."""

import importlib

import pytest

from shared.models.base import Page
from shared.models.event_streams import DeadLetter
from shared.models.outbox import OutboxFigures
from shared.utils.errors import NotFound
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER

pytestmark = pytest.mark.pact
infrastructure = importlib.import_module("features.domain-events.infrastructure")
Outbox = infrastructure.BackPostgresOutbox
Unsent = infrastructure.OutboxDeadLetters
FIGURES = OutboxFigures(pending=0, oldest_seconds=0.0, dead=0)
DEAD = "/internal/outbox/dead"
NO_DEAD_LETTERS: Page[DeadLetter] = Page(items=[])
BY = {"by": USER}
INTERACTIONS = (
    Interaction(
        "outbox figures",
        "nothing",
        Ask("GET", "/internal/outbox/figures"),
        ok(FIGURES),
        lambda c: Outbox(c).figures(),
        FIGURES,
    ),
    Interaction(
        "what could not be sent",
        "nothing",
        Ask("GET", DEAD, query={"limit": "20"}),
        ok(NO_DEAD_LETTERS),
        lambda c: Unsent(c).page(limit=20, cursor=None),
        NO_DEAD_LETTERS,
    ),
    Interaction(
        "an unsent event that is not there",
        "nothing",
        Ask("GET", f"{DEAD}/{{event_id}}"),
        refusal(404),
        lambda c: Unsent(c).read(OTHER),
        NotFound,
    ),
    Interaction(
        "sending once more what is not there",
        "nothing",
        Ask("POST", f"{DEAD}/{{event_id}}/retry", query=BY),
        refusal(404),
        lambda c: Unsent(c).replay(OTHER, by=USER),
        NotFound,
    ),
    Interaction(
        "discarding what is not there",
        "nothing",
        Ask("DELETE", f"{DEAD}/{{event_id}}", query=BY),
        refusal(404),
        lambda c: Unsent(c).discard(OTHER, by=USER),
        NotFound,
    ),
)


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda each: each.description)
async def test_back_postgres_is_asked_and_understood(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

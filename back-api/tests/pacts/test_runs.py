"""What billing runs and their tasks ask of back-postgres."""

from datetime import UTC, datetime

import pytest
from features.billing.domain.runs import NoRun, RunActive
from features.billing.infrastructure import BackPostgresRuns as Runs
from features.tasks.domain import NoTask
from features.tasks.infrastructure import BackPostgresTasks as Tasks

from shared.models.base import Page
from shared.models.billing import BillingRun, BillingRunStart
from shared.models.task import Task
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import EXAMPLES, OTHER, USER

pytestmark = pytest.mark.pact
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERIOD = EXAMPLES["period"]
RUN = BillingRun(
    id=OTHER, task_id=OTHER, period=PERIOD, dry_run=False, state="pending", requested_by=USER, created_at=NOON
)
TASK = Task(
    id=OTHER, type="billing-run", state="pending", progress=0.5, created_by=USER, created_at=NOON, updated_at=NOON
)
NEWEST = Page[BillingRun](items=[RUN], next_cursor="next")
START = BillingRunStart(period=PERIOD, dry_run=False, requested_by=USER)
PATH, TASK_PATH = "/internal/billing-runs/{run_id}", "/internal/tasks/{task_id}"
CREATE = Ask(
    "POST", "/internal/billing-runs", json={"period": "{period}", "dry_run": False, "requested_by": "{user_id}"}
)
LIST = Ask("GET", "/internal/billing-runs", query={"limit": "1"})
RUNNING, FREE, NOTHING = "a billing run", "a month that nobody bills", "nothing"

INTERACTIONS = [
    Interaction("starting a run", FREE, CREATE, ok(RUN, 201), lambda c: Runs(c).create(START), RUN),
    Interaction("a second run", RUNNING, CREATE, refusal(409), lambda c: Runs(c).create(START), RunActive),
    Interaction("a run", RUNNING, Ask("GET", PATH), ok(RUN), lambda c: Runs(c).get(OTHER), RUN),
    Interaction("no run", NOTHING, Ask("GET", PATH), refusal(404), lambda c: Runs(c).get(OTHER), NoRun),
    Interaction("runs", "two billing runs", LIST, ok(NEWEST), lambda c: Runs(c).newest(limit=1, cursor=None), NEWEST),
    Interaction("a task", RUNNING, Ask("GET", TASK_PATH), ok(TASK), lambda c: Tasks(c).get(OTHER), TASK),
    Interaction("no task", NOTHING, Ask("GET", TASK_PATH), refusal(404), lambda c: Tasks(c).get(OTHER), NoTask),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_runs_and_tasks_are_told_as_they_are_read(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

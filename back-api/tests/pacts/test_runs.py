"""What billing runs and their tasks ask of back-postgres."""

from datetime import UTC, date, datetime

import pytest
from features.billing.domain.runs import RunActive, RunNotFound
from features.billing.domain.subscription import Subscription
from features.billing.infrastructure import BackPostgresChunks as Chunks
from features.billing.infrastructure import BackPostgresRuns as Runs
from features.tasks.domain import TaskNotFound
from features.tasks.infrastructure import BackPostgresTasks as Tasks

from shared.models.base import Items, Page
from shared.models.billing import BillingRun, BillingRunStart, InvoiceBatch
from shared.models.task import Task
from shared.utils.errors import Conflict
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import EXAMPLES, OTHER, USER

pytestmark = pytest.mark.pact
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERIOD = EXAMPLES["period"]
DAY = date(2026, 12, 1)
RUN = BillingRun(
    id=OTHER, task_id=OTHER, period=PERIOD, dry_run=False, state="pending", requested_by=USER, created_at=NOON
)
TASK = Task(
    id=OTHER, type="billing-run", state="pending", progress=0.5, created_by=USER, created_at=NOON, updated_at=NOON
)
NEWEST = Page[BillingRun](items=[RUN], next_cursor="next")
START = BillingRunStart(period=PERIOD, dry_run=False, due_before=DAY, requested_by=USER)
PATH = "/internal/billing-runs/{run_id}"
TASK_PATH = "/internal/tasks/{task_id}"
STARTED = {"period": "{period}", "dry_run": False, "due_before": "2026-12-01", "requested_by": "{user_id}"}
CREATE = Ask("POST", "/internal/billing-runs", json=STARTED)
DUE = Ask("GET", f"{PATH}/due", query={"before": "2026-12-01", "limit": "2"})
WRITE = Ask(
    "POST", f"{PATH}/invoices", json={"worker": "pacts", "due_before": "2026-12-01", "year": 2026, "invoices": []}
)
EMPTY = InvoiceBatch(worker="pacts", due_before=DAY, year=2026, invoices=[])
SUBSCRIPTION = Subscription.model_validate(
    {"id": OTHER, "user_id": USER, "plan": "pro", "interval": "month", "currency": "EUR", "seats": 2, "state": "active"}
    | {"next_due_on": date(2026, 11, 23), "started_at": NOON, "version": 1}
)
LIST = Ask("GET", "/internal/billing-runs", query={"limit": "1"})
RUNNING = "a billing run"
FREE = "a month that nobody bills"
NOTHING = "nothing"
LEASED = "a billing run that a worker holds, and a subscriber who is due"

INTERACTIONS = [
    Interaction("starting a run", FREE, CREATE, ok(RUN, 201), lambda c: Runs(c).create(START), RUN),
    Interaction("a second run", RUNNING, CREATE, refusal(409), lambda c: Runs(c).create(START), RunActive),
    Interaction("a run", RUNNING, Ask("GET", PATH), ok(RUN), lambda c: Runs(c).get(OTHER), RUN),
    Interaction("no run", NOTHING, Ask("GET", PATH), refusal(404), lambda c: Runs(c).get(OTHER), RunNotFound),
    Interaction(
        "runs", "two billing runs", LIST, ok(NEWEST), lambda c: Runs(c).list_runs(limit=1, cursor=None), NEWEST
    ),
    Interaction(
        "what is due",
        LEASED,
        DUE,
        ok(Items[Subscription](items=[SUBSCRIPTION])),
        lambda c: Chunks(c).list_due(OTHER, before=DAY, after=None, limit=2),
        [SUBSCRIPTION],
    ),
    Interaction("a chunk", LEASED, WRITE, ok(RUN), lambda c: Chunks(c).write(OTHER, EMPTY), RUN),
    Interaction(
        "a chunk of a run that is not held",
        RUNNING,
        WRITE,
        refusal(409),
        lambda c: Chunks(c).write(OTHER, EMPTY),
        Conflict,
    ),
    Interaction(
        "a chunk of no run", NOTHING, WRITE, refusal(404), lambda c: Chunks(c).write(OTHER, EMPTY), RunNotFound
    ),
    Interaction("a task", RUNNING, Ask("GET", TASK_PATH), ok(TASK), lambda c: Tasks(c).get(OTHER), TASK),
    Interaction("no task", NOTHING, Ask("GET", TASK_PATH), refusal(404), lambda c: Tasks(c).get(OTHER), TaskNotFound),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_runs_and_tasks_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

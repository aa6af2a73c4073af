"""Monthly billing (guide: "Patterns"): one invoice per due subscription and period, whatever happens.

A run is worked on under a lease that its chunks renew; a worker that dies loses it, and `billing.resume` gives the run to
another one. back-postgres writes each chunk in one transaction and leaves out what is billed already.
"""

from datetime import UTC, datetime
from typing import Any

import celery
import structlog
from peers import Peers, retry_while_unavailable, run_with_peers
from settings import TaskSettings

from features.billing.run import BillingRunWorker
from shared.models.base import Items
from shared.models.billing import BillingRun, BillingRunStart, day_after
from shared.models.outbox import EventClaim, EventClaimed
from shared.utils.errors import Conflict, Unavailable

MONTHLY = "billing.start_monthly"
CLAIM_SECONDS = 90.0  # longer than the claim of a worker that died lasts
RUN_EXPIRES_SECONDS = 60  # an unstarted run is found again by `resume`
log = structlog.get_logger("billing")
app: Any = celery.current_app  # celery has no types


def run(run_id: str) -> None:
    """Does the billing run `run_id`, unless another worker does; enqueued by back-api."""
    settings = TaskSettings.load()

    async def work(peers: Peers) -> None:
        lease = settings.billing_lease_seconds
        await BillingRunWorker(peers, run_id, chunk=settings.billing_chunk, lease=lease).run()

    run_with_peers(settings, work)


def resume() -> None:
    """Enqueues the runs that nobody works on."""
    for found in run_with_peers(TaskSettings.load(), _expired):
        log.warning("resuming a billing run", run_id=found.id, period=found.period)
        _enqueue(found)


def start_monthly(period: str | None = None) -> None:
    """Starts the run of `period` (`YYYY-MM`, by default the present month), once."""
    month = period or datetime.now(UTC).strftime("%Y-%m")
    started = run_with_peers(TaskSettings.load(), lambda peers: _start_once(peers, month))
    if started:
        _enqueue(started)


async def _expired(peers: Peers) -> list[BillingRun]:
    return (await peers.back_postgres.post("/internal/billing-runs/expired-leases", model=Items[BillingRun])).items


async def _start_once(peers: Peers, period: str) -> BillingRun | None:
    postgres = peers.back_postgres
    claim = EventClaim(consumer=MONTHLY, event_id=period)
    if not await retry_while_unavailable(lambda: _claim(peers, claim), seconds=CLAIM_SECONDS):
        return None
    start = BillingRunStart(period=period, due_before=day_after(period))
    try:
        started = await retry_while_unavailable(
            lambda: postgres.post("/internal/billing-runs", model=BillingRun, json=start)
        )
    except Conflict:
        started = None  # somebody has started this month's run by hand
    await retry_while_unavailable(lambda: postgres.call("PUT", f"/internal/processed-events/{MONTHLY}/{period}"))
    return started


async def _claim(peers: Peers, claim: EventClaim) -> bool:
    """Whether it is ours now; False when it was done before."""
    claimed = await peers.back_postgres.post("/internal/processed-events", model=EventClaimed, json=claim)
    if claimed.state == "in_progress":
        raise Unavailable(dependency="the worker that started on it")
    return claimed.state == "claimed"


def _enqueue(run: BillingRun) -> None:
    app.send_task("billing.run", args=(run.id,), expires=RUN_EXPIRES_SECONDS)


app.task(name="billing.run")(run)
app.task(name="billing.resume")(resume)
app.task(name=MONTHLY, autoretry_for=(Unavailable,), retry_backoff=5, retry_backoff_max=120, max_retries=None)(
    start_monthly
)

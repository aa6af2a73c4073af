"""Billing runs: started once per period, processed under a lease, finished together with their task."""

from connection import Connection, Row
from database import Database
from repositories import outbox_repository, paging, task_repository
from repositories.leases import LeasedTable
from repositories.outbox_repository import NewEvent
from shared.models.base import Page
from shared.models.billing import BillingRun, BillingRunStart
from shared.utils.errors import Conflict, NotFound

TASK = "billing-run"
PICKUP_SECONDS = 10  # a new run that nobody took by then counts as abandoned

COLUMNS = """
    id, task_id, period, dry_run, state, requested_by, due, processed, invoices, total_minor, error, created_at, finished_at
"""
# What a run of period $1 has to bill: due before $2. The index `subscriptions_due` serves it.
DUE = """
    s.next_due_on < $2 AND NOT EXISTS (SELECT FROM invoices i WHERE i.subscription_id = s.id AND i.period = $1)
"""
_START = f"""
    INSERT INTO billing_runs (period, dry_run, requested_by, task_id, due, lease_until)
    VALUES ($1, $3, $4, $5, (SELECT count(*) FROM subscriptions s WHERE {DUE}), now() + make_interval(secs => $6))
    ON CONFLICT (period) WHERE NOT dry_run AND state IN ('pending', 'running') DO NOTHING
    RETURNING {COLUMNS}
"""
_GET = f"SELECT {COLUMNS} FROM billing_runs WHERE id = $1"
_LIST = f"SELECT {COLUMNS} FROM billing_runs WHERE id < $1 ORDER BY id DESC LIMIT $2"
RUNS = LeasedTable("billing_runs", "billing run", f"{COLUMNS}, counted_through", on_lease=", lease_seconds = $3")


def run_of(row: Row) -> BillingRun:
    return BillingRun.model_validate(dict(row))


async def start_run(db: Database, *, run: BillingRunStart) -> BillingRun:
    """Stores a pending run with its task and its event. Dry runs block no other run.

    Raises:
        Conflict: a run of this period is active.
    """
    async with db.transaction() as connection:
        task_id = await task_repository.create_task(connection, kind=TASK, created_by=run.requested_by)
        values = run.period, run.due_before, run.dry_run, run.requested_by, task_id, float(PICKUP_SECONDS)
        row = await connection.fetchrow(_START, *values)
        if not row:
            raise Conflict(f"A billing run of {run.period} is active.")
        started = run_of(row)
        data = {"run": started.model_dump(mode="json")}
        await outbox_repository.add(connection, NewEvent("billing_run.started", started.id, run.requested_by, data))
        return started


async def get_run(db: Database, *, run_id: str) -> BillingRun:
    """
    Raises:
        NotFound: there is no such run.
    """
    if row := await db.fetch_one(_GET, run_id):
        return run_of(row)
    raise NotFound("There is no such billing run.")


async def list_runs(db: Database, *, limit: int, cursor: str | None = None) -> Page[BillingRun]:
    """Newest first."""
    return paging.page_of(await db.fetch_all(_LIST, paging.before(cursor), limit + 1), limit, run_of)


async def lease_run(db: Database, *, run_id: str, worker: str, seconds: int) -> BillingRun:
    """Takes or renews the run for `worker`.

    Raises:
        Conflict: another worker holds it, or it is finished.
        NotFound: there is no such run.
    """
    async with db.transaction() as connection:
        run = run_of(await RUNS.acquire(connection, run_id, worker=worker, seconds=seconds))
        await task_repository.update_task(connection, task_id=run.task_id, state="running", progress=progress_of(run))
        return run


async def list_expired(db: Database) -> list[BillingRun]:
    """Up to 100 unfinished runs that nobody works on."""
    return [run_of(row) for row in await RUNS.list_expired(db)]


async def finish_run(db: Database, *, run_id: str, worker: str, error: str | None = None) -> BillingRun:
    """Ends the run and its task: failed with `error`, else succeeded. Doing so again changes nothing.

    Raises:
        Conflict: another worker holds it, or it ended otherwise.
        NotFound: there is no such run.
    """
    async with db.transaction() as connection:
        run = run_of(await RUNS.finish(connection, run_id, worker=worker, error=error))
        await task_repository.update_task(
            connection,
            task_id=run.task_id,
            state=run.state,
            progress=0.0 if run.error else 1.0,
            result=run.model_dump(mode="json", include={"id", "period", "dry_run", "invoices", "total_minor"}),
            error=run.error,
        )
        return run


async def require_run(connection: Connection, *, run_id: str, worker: str) -> tuple[BillingRun, str | None]:
    """Locks the run for the transaction. Also returns the last subscription that a dry run has counted.

    Raises:
        Conflict: `worker` does not hold it.
        NotFound: there is no such run.
    """
    row = await RUNS.require(connection, run_id, worker=worker)
    return run_of(row), row["counted_through"]


def progress_of(run: BillingRun) -> float:
    """From 0 to 1. It may reach 1 before the run is finished."""
    return min(1.0, run.processed / run.due) if run.due else 0.0

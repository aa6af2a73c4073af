"""Billing runs: started once a period, worked on under a lease, finished with their task."""

from connection import Connection, Row
from database import Database
from repositories import outbox_repository, paging, task_repository
from repositories.outbox_repository import NewEvent
from shared.models.base import Page
from shared.models.billing import BillingRun, BillingRunStart
from shared.models.task import TaskState
from shared.utils.errors import Conflict, NotFound

TASK = "billing-run"
PICKUP_SECONDS = 10  # a new run that nobody took by then counts as abandoned

COLUMNS = """
    id, task_id, period, dry_run, state, requested_by, due, processed, invoices, total_minor, error, created_at, finished_at
"""
# What a run of period $1 has to bill; `subscriptions_billable` serves it.
DUE = """
    s.state = 'active' AND s.plan <> 'free' AND s.next_due_on < (to_date($1, 'YYYY-MM') + interval '1 month')::date
    AND NOT EXISTS (SELECT FROM invoices i WHERE i.subscription_id = s.id AND i.period = $1)
"""
_START = f"""
    INSERT INTO billing_runs (period, dry_run, requested_by, task_id, due, lease_until)
    VALUES ($1, $2, $3, $4, (SELECT count(*) FROM subscriptions s WHERE {DUE}), now() + make_interval(secs => $5))
    ON CONFLICT (period) WHERE NOT dry_run AND state IN ('pending', 'running') DO NOTHING
    RETURNING {COLUMNS}
"""
_GET = f"SELECT {COLUMNS} FROM billing_runs WHERE id = $1"
_LIST = f"SELECT {COLUMNS} FROM billing_runs WHERE id < $1 ORDER BY id DESC LIMIT $2"
_LEASE = f"""
    UPDATE billing_runs SET state = 'running', worker = $2, lease_seconds = $3,
        lease_until = now() + make_interval(secs => $3::integer)
    WHERE id = $1 AND state IN ('pending', 'running') AND (worker IS NULL OR worker = $2 OR lease_until < now())
    RETURNING {COLUMNS}
"""
_EXPIRED = f"""
    SELECT {COLUMNS} FROM billing_runs
    WHERE state IN ('pending', 'running') AND lease_until < now() ORDER BY lease_until LIMIT 100
"""
_FINISH = f"UPDATE billing_runs SET state = $2, error = $3, finished_at = now() WHERE id = $1 RETURNING {COLUMNS}"
_HELD = f"SELECT {COLUMNS}, worker, counted_through FROM billing_runs WHERE id = $1 FOR UPDATE"


def run_of(row: Row) -> BillingRun:
    return BillingRun.model_validate(dict(row))


async def start_run(db: Database, *, run: BillingRunStart) -> BillingRun:
    """A pending run with its task, and the event that tells of it; dry runs stand in nobody's way.

    Raises:
        Conflict: a run of this period is active.
    """
    async with db.transaction() as connection:
        task_id = await task_repository.create_task(connection, kind=TASK, created_by=run.requested_by)
        row = await connection.fetchrow(
            _START, run.period, run.dry_run, run.requested_by, task_id, float(PICKUP_SECONDS)
        )
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
    if row := await db.one(_GET, run_id):
        return run_of(row)
    raise NotFound("There is no such billing run.")


async def list_runs(db: Database, *, limit: int, cursor: str | None = None) -> Page[BillingRun]:
    """Newest first."""
    return paging.page_of(await db.all(_LIST, paging.before(cursor), limit + 1), limit, run_of)


async def lease_run(db: Database, *, run_id: str, worker: str, seconds: int) -> BillingRun:
    """Takes or renews the run for `worker`.

    Raises:
        Conflict: another worker holds it, or it is finished.
        NotFound: there is no such run.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_LEASE, run_id, worker, seconds)
        if not row:
            raise await _refusal(connection, run_id)
        run = run_of(row)
        await task_repository.update_task(connection, task_id=run.task_id, state="running", progress=progress_of(run))
        return run


async def list_expired(db: Database) -> list[BillingRun]:
    """Up to 100 unfinished runs that nobody works on."""
    return [run_of(row) for row in await db.all(_EXPIRED)]


async def finish_run(db: Database, *, run_id: str, worker: str, error: str | None = None) -> BillingRun:
    """Ends the run and its task: failed with `error`, else succeeded. Doing so again changes nothing.

    Raises:
        Conflict: another worker holds it.
        NotFound: there is no such run.
    """
    state: TaskState = "failed" if error else "succeeded"
    async with db.transaction() as connection:
        held = await connection.fetchrow(_HELD, run_id)
        if held and held["state"] == state and held["worker"] == worker:
            return run_of(held)
        check_holder(held, worker)
        run = run_of(await connection.fetchrow(_FINISH, run_id, state, error) or {})
        result = run.model_dump(mode="json", include={"id", "period", "dry_run", "invoices", "total_minor"})
        await task_repository.update_task(
            connection,
            task_id=run.task_id,
            state=state,
            progress=0.0 if error else 1.0,
            result=result,
            error=error,
        )
        return run


async def hold(connection: Connection, *, run_id: str, worker: str) -> tuple[BillingRun, str | None]:
    """Locks the run for the transaction; also the last subscription that a dry run has counted.

    Raises:
        Conflict: `worker` does not hold it.
        NotFound: there is no such run.
    """
    row = await connection.fetchrow(_HELD, run_id)
    checked = check_holder(row, worker)
    return run_of(checked), checked["counted_through"]


def check_holder(row: Row | None, worker: str) -> Row:
    """`row`, when it is a running run of `worker`.

    Raises:
        Conflict, NotFound: it is not.
    """
    if not row:
        raise NotFound("There is no such billing run.")
    if row["state"] != "running" or row["worker"] != worker:
        raise Conflict("This worker does not hold the billing run.")
    return row


def progress_of(run: BillingRun) -> float:
    """From 0 to 1; below 1 until the run is finished is not promised."""
    return min(1.0, run.processed / run.due) if run.due else 0.0


async def _refusal(connection: Connection, run_id: str) -> Conflict | NotFound:
    row = await connection.fetchrow(_GET, run_id)
    if not row:
        return NotFound("There is no such billing run.")
    finished = row["state"] in ("succeeded", "failed")
    return Conflict("This billing run is finished." if finished else "Another worker holds this billing run.")

"""The chunks of a billing run: find what is due, and write its invoices in one transaction, each exactly once."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from connection import Connection
from database import Database
from repositories import billing_repository, outbox_repository, subscription_repository, task_repository
from repositories.outbox_repository import NewEvent
from shared.models.billing import BillingRun, Invoice, InvoiceBatch, InvoiceDraft, Subscription
from shared.utils.errors import Invalid
from shared.utils.ids import is_id

_DUE = f"""
    SELECT {subscription_repository.COLUMNS} FROM subscriptions s
    WHERE {billing_repository.DUE} AND ($3::uuid IS NULL OR s.id > $3) ORDER BY s.id LIMIT $4
"""

# The lock comes in a statement of its own, so that _INSERT sees what a transaction that held it has committed.
_LOCK = "SELECT FROM subscriptions WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"

_INSERT = f"""
    WITH drafts AS (
        SELECT DISTINCT ON (d.subscription_id) d.* FROM jsonb_to_recordset($3) AS d (
            subscription_id uuid, user_id uuid, plan text, currency text, amount_minor bigint, next_due_on date
        )
        JOIN subscriptions s ON s.id = d.subscription_id AND s.user_id = d.user_id AND s.plan = d.plan
        WHERE {billing_repository.DUE}
    ),
    counter AS (
        INSERT INTO invoice_counters AS c (year, last)
        SELECT $5::integer, count(*) FROM drafts HAVING count(*) > 0
        ON CONFLICT (year) DO UPDATE SET last = c.last + EXCLUDED.last
        RETURNING year, last - (SELECT count(*) FROM drafts) AS base
    ),
    numbered AS (
        SELECT drafts.*, year, (base + row_number() OVER (ORDER BY subscription_id))::text AS n FROM drafts, counter
    ),
    advanced AS (
        UPDATE subscriptions s SET next_due_on = greatest(s.next_due_on, d.next_due_on)
        FROM drafts d WHERE s.id = d.subscription_id
    )
    INSERT INTO invoices (number, user_id, subscription_id, run_id, period, plan, currency, amount_minor)
    SELECT year || '-' || lpad(n, greatest(6, length(n)), '0'), user_id, subscription_id, $4, $1, plan, currency, amount_minor
    FROM numbered ORDER BY subscription_id
    ON CONFLICT (subscription_id, period) DO NOTHING
    RETURNING id, number, user_id, subscription_id, run_id, period, plan, currency, amount_minor, state, issued_at
"""

_LINES = """
    INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_amount_minor, amount_minor)
    SELECT * FROM jsonb_to_recordset($1) AS l (
        invoice_id uuid, position integer, description text, quantity integer, unit_amount_minor bigint, amount_minor bigint
    )
"""

_PROGRESS = f"""
    UPDATE billing_runs SET processed = processed + $2, invoices = invoices + $2, total_minor = $3,
        due = greatest(due, processed + $2), counted_through = greatest(counted_through, $4),
        lease_until = now() + make_interval(secs => lease_seconds)
    WHERE id = $1 RETURNING {billing_repository.COLUMNS}
"""


async def list_due(
    db: Database, *, run_id: str, before: date, limit: int, after: str | None = None
) -> list[Subscription]:
    """The next subscriptions, by id, that are due before that day and have no invoice of the run's period.

    Raises:
        NotFound: there is no such run.
    """
    run = await billing_repository.get_run(db, run_id=run_id)
    rows = await db.fetch_all(_DUE, run.period, before, after, limit)
    return [subscription_repository.subscription_of(row) for row in rows]


async def write_invoices(db: Database, *, run_id: str, batch: InvoiceBatch) -> BillingRun:
    """Stores one chunk: invoices, lines, next due dates, events, and the run's and its task's progress; renews the lease.

    Skips a subscription that is billed already, or was canceled or changed its plan since it was priced. So a chunk
    that is sent twice counts once. A dry run only counts.

    Raises:
        Conflict: the worker does not hold the run.
        NotFound: there is no such run.
        Invalid: a draft is of another period.
    """
    drafts = batch.invoices
    async with db.transaction() as connection:
        run, counted_through = await billing_repository.require_run(connection, run_id=run_id, worker=batch.worker)
        if any(draft.period != run.period for draft in drafts):
            raise Invalid.field("invoices", f"Every draft must be of the run's period {run.period}.")
        if not all(is_id(draft.subscription_id) for draft in drafts):
            raise Invalid.field("invoices", "Every draft must name its subscription's id.")
        if run.dry_run:
            written = _uncounted(drafts, counted_through)
        else:
            written = await _insert(connection, run, batch)
        return await _record(connection, run, written, max((draft.subscription_id for draft in drafts), default=None))


def _uncounted(drafts: Sequence[InvoiceDraft], counted_through: str | None) -> list[InvoiceDraft]:
    return [draft for draft in drafts if counted_through is None or draft.subscription_id > counted_through]


async def _insert(connection: Connection, run: BillingRun, batch: InvoiceBatch) -> list[Invoice]:
    by_subscription = {draft.subscription_id.lower(): draft for draft in batch.invoices}
    await connection.execute(_LOCK, list(by_subscription))
    rows = await connection.fetch(
        _INSERT,
        run.period,
        batch.due_before,
        [draft.model_dump(mode="json", exclude={"lines"}) for draft in by_subscription.values()],
        run.id,
        batch.year,
    )
    invoices = [Invoice.model_validate({**row, "lines": by_subscription[row["subscription_id"]].lines}) for row in rows]
    await connection.execute(_LINES, [line for invoice in invoices for line in _line_rows(invoice)])
    await outbox_repository.add(
        connection,
        *(
            NewEvent("invoice.issued", invoice.id, invoice.user_id, {"invoice": invoice.model_dump(mode="json")})
            for invoice in invoices
        ),
    )
    return invoices


def _line_rows(invoice: Invoice) -> list[dict[str, Any]]:
    return [
        {"invoice_id": invoice.id, "position": position, **line.model_dump()}
        for position, line in enumerate(invoice.lines, start=1)
    ]


async def _record(
    connection: Connection, run: BillingRun, written: Sequence[Invoice | InvoiceDraft], last: str | None
) -> BillingRun:
    total = Counter(run.total_minor)
    for each in written:
        total[each.currency] += each.amount_minor
    row = await connection.fetchrow(_PROGRESS, run.id, len(written), dict(total), last)
    assert row, "the run is locked"
    after = billing_repository.run_of(row)
    await task_repository.update_task(
        connection, task_id=run.task_id, state="running", progress=billing_repository.progress_of(after)
    )
    return after

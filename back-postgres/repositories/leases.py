"""Leased work: one worker at a time takes or renews it; it is found again when the lease expires, and finished once."""

from dataclasses import dataclass

from connection import Connection, Row
from database import Database
from shared.utils.errors import Conflict, NotFound

UNFINISHED = "state IN ('pending', 'running')"


@dataclass(frozen=True)
class LeasedTable:
    """The rows of `table`, each a `noun`; methods return `columns`. `on_lease` are further assignments of a lease ($3 seconds)."""

    table: str
    noun: str
    columns: str
    on_lease: str = ""

    async def acquire(self, connection: Connection, row_id: str, *, worker: str, seconds: int) -> Row:
        """Takes or renews it for `worker`.

        Raises:
            Conflict: another worker holds it, or it is finished.
            NotFound: there is no such row.
        """
        row = await connection.fetchrow(
            f"UPDATE {self.table} SET state = 'running', worker = $2{self.on_lease},"
            f" lease_until = now() + make_interval(secs => $3::integer) WHERE id = $1 AND {UNFINISHED}"
            f" AND (worker IS NULL OR worker = $2 OR lease_until < now()) RETURNING {self.columns}",
            row_id, worker, seconds,
        )  # fmt: skip
        return row or self._refuse(await self._lock(connection, row_id))

    async def list_expired(self, db: Database) -> list[Row]:
        """Up to 100 unfinished ones that nobody works on."""
        return await db.fetch_all(
            f"SELECT {self.columns} FROM {self.table}"
            f" WHERE {UNFINISHED} AND lease_until < now() ORDER BY lease_until LIMIT 100"
        )

    async def require(self, connection: Connection, row_id: str, *, worker: str) -> Row:
        """Locks it for the transaction.

        Raises:
            Conflict: `worker` does not hold it.
            NotFound: there is no such row.
        """
        row = await self._lock(connection, row_id)
        if row and row["state"] == "running" and row["worker"] == worker:
            return row
        return self._refuse(row)

    async def finish(self, connection: Connection, row_id: str, *, worker: str, error: str | None) -> Row:
        """Ends it: failed with `error`, else succeeded. The same worker may repeat the call.

        Raises:
            Conflict: another worker holds it, or it ended otherwise.
            NotFound: there is no such row.
        """
        state = "failed" if error else "succeeded"
        row = await self._lock(connection, row_id)
        if row and row["worker"] == worker and row["state"] == state:
            return row
        if not row or row["worker"] != worker or row["state"] != "running":
            self._refuse(row)
        done = await connection.fetchrow(
            f"UPDATE {self.table} SET state = $2, error = $3, finished_at = now() WHERE id = $1 RETURNING {self.columns}",
            row_id, state, error,
        )  # fmt: skip
        return done or self._refuse(None)

    async def _lock(self, connection: Connection, row_id: str) -> Row | None:
        return await connection.fetchrow(
            f"SELECT {self.columns}, worker FROM {self.table} WHERE id = $1 FOR UPDATE", row_id
        )

    def _refuse(self, row: Row | None) -> Row:
        if not row:
            raise NotFound(f"There is no such {self.noun}.")
        finished = row["state"] in ("succeeded", "failed")
        raise Conflict(f"This {self.noun} is finished." if finished else f"Another worker holds this {self.noun}.")

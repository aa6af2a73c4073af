"""Work on what people have made, one worker at a time under a lease (docs/decisions/0052-feature-generator.md).

A feature keeps its rows in back-postgres and its rule in `work.py`. A worker that is killed loses its lease, and the sweep
`<feature>.resume` finds the row again: the rule may run twice, its outcome is stored once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog
from peers import Peers, retry_while_unavailable

from shared.models.base import Entity, Items
from shared.models.lease import Lease, WorkFinish
from shared.utils.errors import Conflict, NotFound, Unavailable
from shared.utils.ids import new_id

MOST_CHARACTERS = 1000
UNEXPECTED = "Something unexpected went wrong; nothing was done."
Piece = TypeVar("Piece", bound=Entity)
Rule = Callable[[Piece], str]
log = structlog.get_logger("work")


class WorkRefused(Exception):
    """A rule cannot do its work; the message is what people read."""


@dataclass(frozen=True)
class LeasedWork(Generic[Piece]):
    """What back-postgres leases below `/internal/<name>`, each a `model`."""

    name: str
    model: type[Piece]

    async def attempt(self, peers: Peers, piece_id: str, rule: Rule[Piece], *, lease: int) -> None:
        """Does the work on one and stores its outcome; `rule` has `lease` seconds.

        Ends quietly when another worker holds it, when it is finished, and while back-postgres is away: the sweep finds
        what stays undone.
        """
        worker = f"worker-{new_id()}"
        try:
            taken = Lease(worker=worker, seconds=lease)
            piece = await self._post(peers, f"/internal/{self.name}/{piece_id}/lease", taken)
            done = _outcome(piece, rule, worker)
            await self._post(peers, f"/internal/{self.name}/{piece_id}/finish", done)
        except (Conflict, NotFound) as error:
            log.info("another worker holds it, or it is finished", work=self.name, id=piece_id, reason=error.detail)
        except Unavailable as error:
            log.warning("left until a service is back", work=self.name, id=piece_id, dependency=error.dependency)

    async def list_abandoned(self, peers: Peers) -> list[Piece]:
        """Those that nobody works on, up to 100."""
        path = f"/internal/{self.name}/expired-leases"
        return (await peers.back_postgres.post(path, model=Items[self.model])).items

    async def _post(self, peers: Peers, path: str, body: Lease | WorkFinish) -> Piece:
        return await retry_while_unavailable(lambda: peers.back_postgres.post(path, model=self.model, json=body))


def _outcome(piece: Piece, rule: Rule[Piece], worker: str) -> WorkFinish:
    """What `rule` says; a rule that breaks would break again, so that its work has failed."""
    try:
        return WorkFinish(worker=worker, result=rule(piece))
    except WorkRefused as refused:
        return WorkFinish(worker=worker, error=str(refused)[:MOST_CHARACTERS] or UNEXPECTED)
    except Exception:  # of a rule that anybody may write
        log.exception("the rule is broken", rule=rule.__module__)
        return WorkFinish(worker=worker, error=UNEXPECTED)

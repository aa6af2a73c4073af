"""Tells when a long poll has looked into the outbox, so that a test need not guess."""

import pytest

from database import Database
from repositories import outbox_repository


class Looks:
    """Counts the looks that found nothing, from now on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._look = outbox_repository.pending
        monkeypatch.setattr(outbox_repository, "pending", self._counted)

    async def _counted(self, db: Database) -> bool:
        found = await self._look(db)
        self.count += not found
        return found

"""The resources of the running back-cassandra: the session on Cassandra, opened and watched in the background."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self

from database import Database
from fastapi import FastAPI
from session_factory import open_session
from settings import MigrationSettings

from shared.chassis.health import Checks


@dataclass(frozen=True)
class Resources:
    settings: MigrationSettings
    database: Database

    @classmethod
    def from_settings(cls, settings: MigrationSettings) -> Self:
        return cls(settings, Database(partial(open_session, settings)))

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncGenerator[None]:
        """Starts without Cassandra, too; calls are `Unavailable` until it is there."""
        async with self.database:
            app.state.resources = self
            yield

    def checks(self) -> Checks:
        return Checks(required={"cassandra": self.database.ping})

"""What `api.py` takes: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from back_redis.admin import EventAdmin
from shared.models.event_streams import DeadLetterKind

from .domain import EventsDomain
from .infrastructure import AuditedReplays, BackPostgresOutbox, StreamLetters, UnsentLetters
from .letters import Letters


async def _domain(request: Request) -> EventsDomain:
    resources = resources_of(request)
    admin = EventAdmin(resources.redis)
    postgres = resources.back_postgres
    letters: dict[DeadLetterKind, Letters] = {
        "dead": StreamLetters(admin, "dead"),
        "aside": StreamLetters(admin, "aside"),
        "waiting": StreamLetters(admin, "waiting"),
        "unsent": UnsentLetters(postgres),
    }
    return EventsDomain(admin, AuditedReplays(admin), BackPostgresOutbox(postgres), letters)


Domain = Annotated[EventsDomain, Depends(_domain)]

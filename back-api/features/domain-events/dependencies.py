"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from back_redis.admin import EventAdmin
from shared.models.event_streams import DeadLetterKind

from .dead_letters import DeadLetters
from .domain import EventsDomain
from .infrastructure import AuditedReplays, BackPostgresOutbox, OutboxDeadLetters, StreamDeadLetters


async def _domain(request: Request) -> EventsDomain:
    resources = resources_of(request)
    admin = EventAdmin(resources.redis)
    postgres = resources.back_postgres
    dead_letters: dict[DeadLetterKind, DeadLetters] = {
        "dead": StreamDeadLetters(admin, "dead"),
        "aside": StreamDeadLetters(admin, "aside"),
        "waiting": StreamDeadLetters(admin, "waiting"),
        "unsent": OutboxDeadLetters(postgres),
    }
    return EventsDomain(admin, AuditedReplays(admin), BackPostgresOutbox(postgres), dead_letters)


Domain = Annotated[EventsDomain, Depends(_domain)]

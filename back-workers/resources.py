"""The events process: the outbox relay and the consumers, supervised, in one event loop."""

import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial
from pathlib import Path

from events import consumer as declared
from events.claims import Claims
from events.relay import LONGEST_WAIT_SECONDS, Relay
from events.stream_monitor import Watch
from features.audit.consumer import audit
from features.authentication.consumer import login_events
from features.notifications.catalogue import Catalogue
from features.notifications.in_app_consumer import notifications
from features.notifications.mail.renderer import Messages
from features.notifications.mail.smtp import SmtpSender
from features.notifications.mail_consumer import mail
from features.notifications.recipients import People
from features.profile.consumer import live
from features.traces.collector import Collector
from features.traces.otlp import Otlp
from features.traces.span_files import SpanFiles
from settings import NAME, EventSettings
from supervisor import Supervisor

from back_redis.connection import RedisConnection
from back_redis.memory import check_room
from back_redis.pubsub import LivePublisher
from back_redis.streams import StreamWriter
from shared.chassis.client import ServiceClient
from shared.chassis.health import Checks
from shared.chassis.service_tokens import ServiceIdentity
from shared.models.event_data import streams
from shared.utils.ids import new_id


@asynccontextmanager
async def events(settings: EventSettings) -> AsyncGenerator[Checks]:
    """Runs everything for the block; yields what readiness depends on."""
    process = declared.Process(
        f"{os.uname().nodename}-{new_id()}", settings.event_claim_seconds, settings.event_wait_seconds
    )
    async with (
        ServiceIdentity(NAME, settings) as tokens,
        ServiceClient(
            "back-postgres", settings.back_postgres_url, timeout=LONGEST_WAIT_SECONDS + 5, tokens=tokens
        ) as back_postgres,
        ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens) as back_cassandra,
        RedisConnection.of(settings, NAME) as redis,
        AsyncExitStack() as stack,
        Supervisor(
            _jobs(settings, back_postgres, back_cassandra, redis, process)
            | await _collecting(settings, back_cassandra, stack)
        ) as supervisor,
    ):
        yield Checks(
            required={"jobs": supervisor.check},
            optional={"back-redis": partial(check_room, redis), "consumers": process.waits.check},
        )


def _jobs(
    settings: EventSettings,
    back_postgres: ServiceClient,
    back_cassandra: ServiceClient,
    redis: RedisConnection,
    process: declared.Process,
) -> dict[str, Callable[[], Awaitable[None]]]:
    publisher, claims, people, texts = (
        LivePublisher(redis),
        Claims(back_postgres, settings.event_claim_seconds),
        People(back_postgres),
        Catalogue(),
    )
    messages = Messages(texts, mail_from=settings.mail_from, public_url=settings.public_url)
    consumers = (
        mail(back_postgres, people, messages, SmtpSender(settings.smtp_host, settings.smtp_port)),
        notifications(people, texts, back_cassandra, publisher),
        live(publisher),
        login_events(back_cassandra),
        audit(back_cassandra),
    )
    consume = partial(declared.run, redis=redis, claims=claims, process=process)
    relay = Relay(
        back_postgres,
        StreamWriter(redis),
        most_unhandled=settings.event_most_unhandled,
        lease_seconds=settings.outbox_lease_seconds,
    )
    jobs: dict[str, Callable[[], Awaitable[None]]] = {
        "relay": relay.run,
        "watch": Watch(back_postgres, redis, streams()).run,
    }
    jobs |= {consumer.group: partial(consume, consumer) for consumer in consumers}
    return {name: job for name, job in jobs.items() if _runs(settings, name)}


async def _collecting(
    settings: EventSettings, back_cassandra: ServiceClient, stack: AsyncExitStack
) -> dict[str, Callable[[], Awaitable[None]]]:
    """The job `traces`, where the services write spans."""
    if not settings.traces_dir or not _runs(settings, "traces"):
        return {}
    endpoint = settings.otel_exporter_otlp_endpoint
    otlp = Otlp(await stack.enter_async_context(ServiceClient("jaeger", endpoint))) if endpoint else None
    files = stack.enter_context(closing(SpanFiles(Path(settings.traces_dir), settings.traces_files_mb * 1024 * 1024)))
    return {"traces": Collector(files, back_cassandra, otlp).run}


def _runs(settings: EventSettings, job: str) -> bool:
    return not settings.event_jobs or job in settings.event_jobs.split(",")

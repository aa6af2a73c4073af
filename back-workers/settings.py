"""Settings of the processes of back-workers, from environment and secrets."""

from pydantic import Field

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings

NAME = "back-workers"


class WorkerSettings(RedisSettings, CallerSettings, ServiceSettings):
    """The settings of every process: the services that it may call, and the mail server."""

    port: int = 8104
    back_api_url: str = "http://127.0.0.1:8100"
    back_postgres_url: str
    back_cassandra_url: str
    smtp_host: str
    smtp_port: int = 25
    mail_from: str
    mail_support: str = ""
    """Where people write to for help; empty: mails name nobody."""
    public_url: str
    """The base URL of links in mails."""


class TaskSettings(WorkerSettings):
    """The settings of the Celery workers and beat. They serve health and metrics only if `health_port` is set."""

    health_port: int | None = None
    worker_queues: str = "celery"
    """The queues that this worker serves, separated by commas: `celery`, or `bulk` for work for very many people."""
    sweep_seconds: float = Field(default=10, ge=1)
    """How often beat starts the search for runs and announcements whose worker died."""
    beat_lease_seconds: int = Field(default=15, ge=3)
    """After so long another replica of beat takes over from one that died."""
    billing_chunk: int = 200
    """Subscriptions that are billed at once."""
    billing_lease_seconds: int = 15
    announcement_rate: int = 2500
    """The most recipients a second, so that requests of users are not delayed."""
    announcement_lease_seconds: int = 15
    pending_mail_lease_seconds: int = 60
    work_lease_seconds: int = 60
    """How long the rule of a feature's `work.py` may take."""


class EventSettings(WorkerSettings):
    """The settings of the outbox relay and the event consumers."""

    event_jobs: str = ""
    """Which of `relay`, `watch`, `traces`, `demo-data` and the consumer groups run in this process, by comma; empty: all of them."""
    outbox_lease_seconds: int = Field(default=10, ge=6)
    """After so long the events that a relay has claimed and not marked go to another one."""
    event_claim_seconds: float = 30
    """After so long another consumer takes over an event that was not acknowledged."""
    event_wait_seconds: float = Field(default=10, ge=1, le=3600)
    """After so long administrators see an event that waits for a peer, and can discard it; events of other users are
    tried beside it."""
    event_most_unhandled: int = 50_000
    """Back-pressure: a family of events of which some group has not handled so many stays in the outbox, until they are
    half."""
    traces_files_mb: int = 64
    """How much of the services' span files is kept after collection."""
    demo_data: bool = False
    """Fills a new development stack with plausible data; without it what was filled in is removed."""
    otel_exporter_otlp_endpoint: str = ""
    """The second target of spans beside the store, by OTLP over HTTP (`/v1/traces`); empty: none."""

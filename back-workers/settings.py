"""What the processes of back-workers are told by their environment and secrets."""

from pydantic import Field

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings

NAME = "back-workers"


class TaskSettings(RedisSettings, CallerSettings, ServiceSettings):
    """Of the Celery worker and beat; on `health_port` they tell health and metrics, without it they do not."""

    port: int = 8104  # the events process's
    health_port: int | None = None
    back_api_url: str = "http://127.0.0.1:8100"
    back_postgres_url: str = "http://127.0.0.1:8102"
    billing_chunk: int = 200
    billing_lease_seconds: int = 15
    beat_lease_seconds: int = Field(default=15, ge=3)
    """After so long another replica of beat ticks instead of one that died."""
    sweep_seconds: float = Field(default=10, ge=1)
    """How often beat asks for runs and announcements whose worker died."""
    worker_queues: str = "celery"
    """What this worker works on, by comma: `celery`, or `bulk` for what goes to very many people."""


class BulkSettings(TaskSettings):
    """Of the tasks on the queue `bulk`."""

    back_cassandra_url: str
    smtp_host: str
    smtp_port: int = 25
    mail_from: str
    public_url: str
    announcement_rate: int = 2500
    """Recipients a second at most, so that whoever waits for a page does not notice."""
    announcement_lease_seconds: int = 15
    pending_mail_lease_seconds: int = 60


class EventSettings(RedisSettings, CallerSettings, ServiceSettings):
    """Of the outbox relay and the event consumers."""

    port: int = 8104
    back_postgres_url: str
    back_cassandra_url: str
    smtp_host: str
    smtp_port: int = 25
    mail_from: str
    public_url: str
    event_jobs: str = ""
    """Which of `relay`, `watch`, `traces` and the consumer groups run in this process, by comma; empty: all of them."""
    outbox_lease_seconds: int = Field(default=10, ge=6)
    """After so long the events that a relay has claimed and not marked are another's."""
    event_claim_seconds: float = 30
    """After so long an event that a consumer did not acknowledge is somebody else's."""
    event_wait_seconds: float = Field(default=10, ge=1, le=3600)
    """After so long an event that waits for a peer is shown to administrators, who can discard it, and events of other
    people are tried beside it."""
    event_most_unhandled: int = 50_000
    """A family of events of which some group has not handled so many stays in the outbox, until they are half."""
    traces_files_mb: int = 64
    """So much of what the services have written into their span files is left there after it was collected."""
    otel_exporter_otlp_endpoint: str = ""
    """Where spans go besides the store, by OTLP over HTTP (`/v1/traces`); empty: nowhere."""

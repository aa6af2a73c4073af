"""Group `audit`: every event of every stream becomes an entry of the audit log, under the event's id."""

from collections.abc import Sequence

from events.consumer import Consumer, on

from features.audit.entries import entry
from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.audit import AuditEntries, AuditEntry
from shared.models.event_data import (
    AccountLocked,
    AnnouncementCreated,
    BillingRunStarted,
    EmailVerificationRequested,
    EmailVerified,
    InvoiceIssued,
    LetterDiscarded,
    LetterReplayed,
    LoginRecorded,
    ProfileCreated,
    ProfileDeleted,
    ProfileUpdated,
    RegistrationRepeated,
    SessionRevoked,
    StreamReplayed,
    SubscriptionCanceled,
    SubscriptionChanged,
    SubscriptionCreated,
    UnsentDiscarded,
    UnsentRetried,
    UserRegistered,
)
from shared.models.events import EVENT_DATA, Event, EventData

BATCH = 500


def audit(back_cassandra: ServiceClient) -> Consumer:
    async def send(entries: list[AuditEntry]) -> None:
        await back_cassandra.call("POST", "/internal/audit", json=AuditEntries(items=entries))

    async def store(entries: list[AuditEntry]) -> None:
        for at in range(0, len(entries), BATCH):
            await send_batch(send, entries[at : at + BATCH])

    async def note(event: Event, data: EventData) -> None:
        await store([entry(event, data)])

    async def note_all(events: Sequence[Event]) -> None:
        await store([entry(event, EVENT_DATA[event.type, event.version].of(event)) for event in events])

    return Consumer(
        group="audit",
        idempotency="natural",
        handlers=(
            on(UserRegistered, note),
            on(RegistrationRepeated, note),
            on(EmailVerificationRequested, note),
            on(EmailVerified, note),
            on(LoginRecorded, note),
            on(SessionRevoked, note),
            on(AccountLocked, note),
            on(ProfileCreated, note),
            on(ProfileUpdated, note),
            on(ProfileDeleted, note),
            on(SubscriptionCreated, note),
            on(SubscriptionChanged, note),
            on(SubscriptionCanceled, note),
            on(BillingRunStarted, note),
            on(InvoiceIssued, note),
            on(AnnouncementCreated, note),
            on(LetterReplayed, note),
            on(LetterDiscarded, note),
            on(UnsentRetried, note),
            on(UnsentDiscarded, note),
            on(StreamReplayed, note),
        ),
        together=note_all,
    )

"""Consumer group `audit`: stores an entry of the audit log for each event that has a rule, under the event's id."""

from collections.abc import Sequence

from events.consumer import Consumer, handles
from peers import Peers

from features.audit.entries import audit_rules, entry
from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.audit import AuditEntries, AuditEntry
from shared.models.event_data import EVENT_DATA
from shared.models.events import Event, EventData

BATCH = 500


def consumer(peers: Peers) -> Consumer:
    return audit_consumer(peers.back_cassandra)


def audit_consumer(back_cassandra: ServiceClient) -> Consumer:
    async def send(entries: list[AuditEntry]) -> None:
        await back_cassandra.call("POST", "/internal/audit", json=AuditEntries(items=entries))

    async def store(entries: list[AuditEntry]) -> None:
        for at in range(0, len(entries), BATCH):
            await send_batch(send, entries[at : at + BATCH])

    async def store_entry(event: Event, data: EventData) -> None:
        await store([entry(event, data)])

    async def store_entries(events: Sequence[Event]) -> None:
        await store([entry(event, EVENT_DATA[event.type, event.version].from_event(event)) for event in events])

    return Consumer(
        group="audit",
        idempotency="natural",
        handlers=tuple(handles(model, store_entry) for model in audit_rules()),
        handle_batch=store_entries,
    )

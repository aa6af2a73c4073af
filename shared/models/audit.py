"""The audit log: who did what to whom, one entry per event, kept for a year unless a setting says otherwise."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.models.base import Batch, Entity, FewFields, Page, Request, Text, Timestamp

MOST_DAYS = 31
"""The longest period that one query covers."""
ActionPrefix = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(\.[a-z_]*)?$", max_length=100)]
"""`user`, `user.` or `user.registered`: the beginning of an action."""
Detail = Annotated[Text, StringConstraints(max_length=200)]


class AuditEntry(Entity):
    """`id` is the event's (UUIDv7), so that an event that comes again is the same entry; `action` is its type.

    `actor` is the user who did it, null when that was the system or nobody who is known. `subject_type` and `subject_id`
    say to what. `details` never hold a secret, and addresses are masked (`a***@example.com`).
    """

    id: str
    at: Timestamp
    action: Text = Field(max_length=100)
    actor: Annotated[Text, StringConstraints(max_length=64)] | None = None
    subject_type: Text = Field(max_length=50)
    subject_id: Text = Field(max_length=100)
    correlation_id: Text = Field(default="", max_length=64)
    details: Annotated[dict[str, Detail], FewFields] = Field(default_factory=dict[str, str], max_length=20)


class AuditPage(Page[AuditEntry]):
    """A page as administrators read it: `people` has the current addresses, by id, of the users whom the entries name.

    Deleted users are missing; the map is empty while back-postgres is unavailable.
    """

    people: dict[str, str] = Field(default_factory=dict[str, str])


class AuditEntries(Request):
    """A batch to store; idempotent by the entries' ids."""

    items: Batch[AuditEntry]

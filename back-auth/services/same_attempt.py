"""Which registrations count as one attempt: the owner of the address is notified of it at most once."""

from datetime import datetime, timedelta

SAME_ATTEMPT = timedelta(seconds=2)
"""A double click, or the same call again, comes within this time."""


def began(attempted_at: datetime) -> datetime:
    """The time from which on an account or mail belongs to this attempt, and its owner is not notified again."""
    return attempted_at - SAME_ATTEMPT

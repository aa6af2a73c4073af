"""Which registrations are one attempt, of which the owner of the address is told once at most."""

from datetime import datetime, timedelta

SAME_ATTEMPT = timedelta(seconds=2)
"""A double click, or the same call again, comes within this time."""


def began(attempted_at: datetime) -> datetime:
    """From when on what is found is this attempt's own doing, of which the owner of the address is not told."""
    return attempted_at - SAME_ATTEMPT

"""Leases: one worker at a time holds a piece of work and reports when it is done."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.models.base import Request

Worker = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=100)]
"""The name of one attempt at the work; every attempt has its own, even in the same process."""


class Lease(Request):
    """Takes or renews the work for `worker`, for so many `seconds`."""

    worker: Worker
    seconds: int = Field(default=30, ge=1, le=600)


class LeaseFinish(Request):
    """Ends the work: failed with `error`, else succeeded."""

    worker: Worker
    error: str | None = Field(default=None, max_length=1000)


class WorkFinish(LeaseFinish):
    """The same, with what people read of what succeeded."""

    result: str | None = Field(default=None, max_length=2000)

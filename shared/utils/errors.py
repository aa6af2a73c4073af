"""The one tree of errors that cross a service boundary; framework-free, so that `domain.py` may raise them.

ServiceError
├── BadRequest 400         ├── Conflict 409            ├── Invalid 422
├── Unauthenticated 401    ├── Stale 412               ├── TooManyRequests 429
├── Forbidden 403          ├── PayloadTooLarge 413     └── Unavailable 503
└── NotFound 404           └── UnsupportedMedia 415

`shared.chassis.problems` turns them into RFC 9457 answers, `shared.chassis.client` turns a peer's answer back into them.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import Any

from shared.models.problem import FieldProblem


class ServiceError(Exception):
    """Base of the tree. `detail` is for the user: it says what to do, never how the inside looks."""

    status: int = 500
    slug: str = "internal"
    title: str = "Something went wrong"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail

    @property
    def headers(self) -> dict[str, str]:
        """Extra headers of the answer."""
        return {}

    @property
    def extra(self) -> dict[str, Any]:
        """Extra members of the problem document."""
        return {}


class BadRequest(ServiceError):
    status = 400
    slug = "bad-request"
    title = "The request cannot be read"


class Unauthenticated(ServiceError):
    status = 401
    slug = "unauthenticated"
    title = "Log in first"

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "Bearer"}


class Forbidden(ServiceError):
    status = 403
    slug = "forbidden"
    title = "Not allowed"


class NotFound(ServiceError):
    status = 404
    slug = "not-found"
    title = "Not found"


class Conflict(ServiceError):
    status = 409
    slug = "conflict"
    title = "It exists already or cannot be done now"


class Stale(ServiceError):
    """Somebody else changed it meanwhile; `current` is what is stored now (JSON form)."""

    status = 412
    slug = "stale"
    title = "Changed by somebody else meanwhile"

    def __init__(self, detail: str = "", *, current: Mapping[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.current = current

    @property
    def extra(self) -> dict[str, Any]:
        return {"current": dict(self.current)} if self.current is not None else {}


class PayloadTooLarge(ServiceError):
    status = 413
    slug = "payload-too-large"
    title = "Too large"


class UnsupportedMedia(ServiceError):
    status = 415
    slug = "unsupported-media-type"
    title = "Content type not supported"


class Invalid(ServiceError):
    """One or more fields are refused; each message can stand beside its field in a form."""

    status = 422
    slug = "invalid"
    title = "Some fields need another value"

    def __init__(self, detail: str = "", *, errors: list[FieldProblem] | None = None) -> None:
        super().__init__(detail)
        self.errors = errors or []

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        """One refused field."""
        return cls(message, errors=[FieldProblem(field=field, message=message)])

    @property
    def extra(self) -> dict[str, Any]:
        return {"errors": [error.model_dump() for error in self.errors]}


class _RetryLater(ServiceError):
    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class TooManyRequests(_RetryLater):
    status = 429
    slug = "too-many-requests"
    title = "Too many attempts"

    @classmethod
    def after(cls, seconds: int, *, what: str = "attempts", instead: str = "") -> "TooManyRequests":
        """Says in how many minutes to try again, and what else to do."""
        minutes = ceil(seconds / 60)
        wait = "1 minute" if minutes <= 1 else f"{minutes} minutes" if minutes <= 120 else f"{ceil(minutes / 60)} hours"
        return cls(f"Too many {what}. Try again in {wait}{instead}.", retry_after=seconds)


class Unavailable(_RetryLater):
    """A service that this one depends on does not answer; `dependency` names it."""

    status = 503
    slug = "unavailable"
    title = "Not available right now"

    def __init__(self, detail: str = "", *, dependency: str = "", retry_after: int = 2, peer: str = "") -> None:
        """`peer` is the service that reported it, where that is not `dependency` itself."""
        super().__init__(detail or "Try again in a moment.", retry_after=retry_after)
        self.dependency = dependency
        self.peer = peer or dependency

    @property
    def extra(self) -> dict[str, Any]:
        return {"dependency": self.dependency} if self.dependency else {}


BY_STATUS: dict[int, type[ServiceError]] = {
    error.status: error
    for error in (
        BadRequest, Unauthenticated, Forbidden, NotFound, Conflict, Stale,
        PayloadTooLarge, UnsupportedMedia, Invalid, TooManyRequests, Unavailable,
    )
}  # fmt: skip


@contextmanager
def peer_errors_as(
    *, missing: Callable[[], NotFound] | None = None, conflict: Callable[[], Conflict] | None = None
) -> Generator[None]:
    """Raises a peer's 404 and 409 within the block as a feature's own errors; what is not given stays as it is."""
    try:
        yield
    except NotFound as error:
        raise (missing() if missing else error) from None
    except Conflict as error:
        raise (conflict() if conflict else error) from None

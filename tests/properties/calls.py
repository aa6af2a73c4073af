"""One operation's examples sent to the running service, and each answer held against the document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from schemathesis import checks

from stack import settings
from tests.properties.schemas import Example
from tests.properties.situations import BOUNDS, EXCUSED, Fitting

DOCUMENTED: list[Any] = [
    checks.not_a_server_error,  # pyright: ignore[reportUnknownMemberType]
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
GUARDED: list[Any] = [*DOCUMENTED, checks.unsupported_method, checks.ignored_auth]
FITTING_EACH = 3
Headers = Callable[[Example], Mapping[str, str]]


def url_of(service: str) -> str:
    """Its address on this machine, past the gateway."""
    return f"http://127.0.0.1:{settings.load().ports[service.upper().replace('-', '_')]}"


def service_of(case: Example) -> str:
    """The service whose operation `case` tries; documents are titled by it."""
    return str(case.operation.schema.title)


def send(
    case: Example, headers: dict[str, str], tried: list[Any] = DOCUMENTED, session: requests.Session | None = None
) -> int:
    """The answer's status; fails when it is none that is documented."""
    url = url_of(service_of(case))
    return case.call_and_validate(url, session, headers, tried).status_code  # pyright: ignore[reportUnknownMemberType]


@dataclass
class Calls:
    """Those of one caller; `headers` say who that is, `fitting` is asked before each third example."""

    headers: Headers
    fitting: Callable[[str], Fitting]
    checks: list[Any] = field(default_factory=lambda: DOCUMENTED)
    operation: str = ""
    succeeded: bool = False
    _made: int = 0
    _session: requests.Session = field(default_factory=requests.Session)

    def make(self, case: Example) -> None:
        """Sends `case`; fails when the answer is none that is documented."""
        self.operation = case.operation.label
        if self._made % FITTING_EACH == 0:
            _fit(case, self.fitting(self.operation))
        self._made += 1
        self.send(case)

    def send(self, case: Example) -> None:
        """The same, as it is."""
        _bound(case)
        status = send(case, dict(self.headers(case)), self.checks, self._session)
        self.succeeded = self.succeeded or status < 300

    def end(self) -> None:
        """Fails when all examples were refused: then the answer that matters was never seen."""
        self._session.close()
        assert self.succeeded or self.operation in EXCUSED, f"{self.operation} was never answered with success"


def _fit(case: Example, fitting: Fitting) -> None:
    parts = {"path_parameters": fitting.path, "query": fitting.query, "headers": fitting.headers}
    for name, values in parts.items():
        if values:
            given: Any = getattr(case, name)
            given.update(values)
    if fitting.body is not None:
        case.body = fitting.body
        case.media_type = fitting.media_type
    if fitting.fields and isinstance(case.body, dict):
        case.body = {**case.body, **fitting.fields}


def _bound(case: Example) -> None:
    for part, name, value in BOUNDS.get(case.operation.label, ()):
        given: Any = getattr(case, part)
        if isinstance(given, dict):
            given[name] = value

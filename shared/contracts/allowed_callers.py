"""The callers that a service's internal endpoints admit, as the contracts declare them (`callers`)."""

from collections.abc import Iterable

from shared.contracts.loader import contracts
from shared.contracts.manifest import Endpoint
from shared.contracts.path_table import PathTable

PREFIX = "/internal/"


class AllowedCallers:
    """The callers of one service's endpoints. An endpoint that no contract declares admits nobody."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        known = list(endpoints)
        self.by_secret = {(each.method, each.path) for each in known if each.auth == "client"}
        """Endpoints that ask for the caller's id and secret themselves."""
        self._callers = PathTable(
            (each.method, each.path, frozenset(each.callers)) for each in known if each.auth == "internal"
        )

    def __bool__(self) -> bool:
        return bool(self._callers or self.by_secret)

    def callers(self, method: str, path: str) -> frozenset[str] | None:
        """The services that may send `method` to `path`; None when there is no such endpoint."""
        return self._callers.find(method, path)


def endpoints_of(service: str) -> list[Endpoint]:
    """Those that the contracts declare for `service`."""
    return [each for contract in contracts() for each in contract.endpoints if each.service == service]


def allowed_callers(service: str) -> AllowedCallers:
    """Those of `service`."""
    return AllowedCallers(endpoints_of(service))

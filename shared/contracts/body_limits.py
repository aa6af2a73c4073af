"""The largest request body of each endpoint of a service, as the contracts declare it (`max_body`)."""

from collections.abc import Iterable

from shared.contracts.manifest import DEFAULT_MAX_BODY, Endpoint
from shared.contracts.path_table import PathTable


class BodyLimits:
    """The limits of one service, in bytes. An endpoint that no contract declares has the default."""

    def __init__(self, endpoints: Iterable[Endpoint] = ()) -> None:
        self._larger = PathTable(
            (each.method, each.path, each.max_body) for each in endpoints if each.max_body != DEFAULT_MAX_BODY
        )

    def limit_of(self, method: str, path: str) -> int:
        """The largest body, in bytes, that `method` may send to `path`."""
        return self._larger.find(method, path) or DEFAULT_MAX_BODY

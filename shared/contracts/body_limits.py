"""How large a request body each endpoint of a service reads, as the contracts say (`max_body`)."""

from collections.abc import Iterable

from shared.contracts.manifest import DEFAULT_MAX_BODY, Endpoint
from shared.contracts.path_table import PathTable


class BodyLimits:
    """Of one service, in bytes. What no contract declares reads no more than the default."""

    def __init__(self, endpoints: Iterable[Endpoint] = ()) -> None:
        self._larger = PathTable(
            (each.method, each.path, each.max_body) for each in endpoints if each.max_body != DEFAULT_MAX_BODY
        )

    def limit_of(self, method: str, path: str) -> int:
        """The largest body, in bytes, that `method` may send to `path`."""
        return self._larger.find(method, path) or DEFAULT_MAX_BODY

"""A stand-in for a service, as a table of its routes."""

import json
from collections.abc import Callable
from typing import Any

from shared.utils.errors import NotFound
from tests.in_process import FakePeer

Json = dict[str, Any]
Handler = Callable[..., Any]


class RoutedPeer(FakePeer):
    """Each `METHOD /path` is answered by the method that `routes` names; ids are the `{}` of the path."""

    routes: dict[str, str] = {}

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        handler, ids = self._find(method, path)
        result = handler(*ids, body=body, params=params)
        return result if isinstance(result, bytes) else json.dumps(result).encode()

    def _find(self, method: str, path: str) -> tuple[Handler, list[str]]:
        parts = path.split("/")
        for route, name in self.routes.items():
            method, pattern = route.split(" ")
            pairs = list(zip(pattern.split("/"), parts, strict=False))
            if method == method and pattern.count("/") == path.count("/") and all(p in ("{}", q) for p, q in pairs):
                return getattr(self, name), [part for p, part in pairs if p == "{}"]
        raise NotFound

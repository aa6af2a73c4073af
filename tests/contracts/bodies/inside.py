"""`python -m tests.contracts.bodies.inside FOLDER SERVICE`: sends each operation of a service its largest and worst bodies.

Runs in a process of its own, whose processor time is then that of the service. The application is called as uvicorn calls
it, with callers that are all admitted; what stands behind it is never reached. Writes FOLDER/SERVICE.answers.json.
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from fastapi import FastAPI
from starlette.datastructures import State

from shared.contracts.allowed_callers import endpoints_of
from shared.contracts.manifest import Endpoint
from shared.security.constants import SERVICE_TOKEN_HEADER
from shared.security.permissions import ROLE_PERMISSIONS
from shared.security.service_verifier import ServiceTokenVerifier
from tests.contracts.bodies import worst
from tooling.openapi_inside import application, write_secrets

CHUNK = 65_536
TRIES = 3
PLENTY = 20.0
"""How often a case that took more than so many milliseconds is tried again."""
ACCEPTED = 200
ID = "01989a4e-0000-7000-8000-000000000001"
Case = tuple[str, bytes, str, bool]
"""Name, body, media type, whether its length is declared."""


@dataclass(frozen=True)
class Answer:
    """`milliseconds` of processor time, the least of some tries."""

    operation: str
    case: str
    status: int
    size: int
    milliseconds: float


class NothingBehind(Exception):
    """The body was good, and the store or peer that is asked then is not there."""


class Anything(State):
    """What the application holds while it serves, as far as it is looked at before a body is refused."""

    def __getattr__(self, name: str) -> Self:
        return self

    def __call__(self, *_: object, **__: object) -> Self:
        return self

    __mul__ = __call__

    def __await__(self) -> Generator[None, None, Self]:
        raise NothingBehind

    async def __aenter__(self) -> Self:
        raise NothingBehind

    async def __aexit__(self, *_: object) -> None: ...


class Everybody:
    """A TokenVerifier that admits each token, with every permission."""

    sub = sid = ID
    role = "admin"
    permissions = tuple(sorted(permission for granted in ROLE_PERMISSIONS.values() for permission in granted))

    async def verify(self, _: str) -> Self:
        return self


async def _named_in_token(_: ServiceTokenVerifier, token: str) -> str:
    return token


def cases(endpoint: Endpoint, document: dict[str, Any]) -> Iterator[Case]:
    """What `endpoint` is sent. One without a body never reads one, so that it need not be tried chunked."""
    content = _content(endpoint, document)
    media = next(iter(content), "application/json")
    yield "one byte too many", b" " * (endpoint.max_body + 1), media, True
    yield "3.3 MB of unknown names", _names(3_300_000), "application/json", True
    if endpoint.request is None:
        return
    yield "one byte too many, chunked", b" " * (endpoint.max_body + 1), media, False
    yield "fields of a form", b"a&" * (endpoint.max_body // 2), "application/x-www-form-urlencoded", False
    if schema := content.get("application/json", {}).get("schema"):
        for name, body in worst.bodies(schema, document, endpoint.max_body):
            yield name, body, "application/json", True


def _content(endpoint: Endpoint, document: dict[str, Any]) -> dict[str, Any]:
    operation = document["paths"][endpoint.path][endpoint.method.lower()]
    return operation.get("requestBody", {}).get("content", {})


def _names(size: int) -> bytes:
    return ("{" + ",".join(f'"{number:05x}":0' for number in range(size // 10)) + "}").encode()


async def _send(app: FastAPI, endpoint: Endpoint, case: Case) -> Answer:
    name, body, media, declared = case
    status, size, least = await _once(app, endpoint, body, media, declared=declared)
    for _ in range(TRIES):  # a collection of garbage that fell into one try is not the body's
        if least < PLENTY:
            break
        least = min(least, (await _once(app, endpoint, body, media, declared=declared))[2])
    return Answer(endpoint.key, name, status, size, least)


async def _once(app: FastAPI, endpoint: Endpoint, body: bytes, media: str, *, declared: bool) -> tuple[int, int, float]:
    length = (b"content-length", str(len(body)).encode()) if declared else (b"transfer-encoding", b"chunked")
    headers = [(b"host", b"test"), (b"content-type", media.replace("*", "png").encode()), length]
    headers.append((b"authorization", b"Bearer anybody"))
    headers += [(SERVICE_TOKEN_HEADER.lower().encode(), caller.encode()) for caller in sorted(endpoint.callers)[:1]]
    path = "/".join(ID if part.startswith("{") else part for part in endpoint.path.split("/"))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": endpoint.method,
        "scheme": "http",
    }
    scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers}
    scope |= {"client": ("127.0.0.1", 1), "server": ("test", 80), "state": {}}
    status = 0
    size = 0
    parts = _chunks(body)

    async def receive() -> dict[str, Any]:
        return await anext(parts)

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, size
        status = message.get("status", status)
        size += len(message.get("body", b""))

    started = time.process_time()
    try:
        await app(scope, receive, send)  # pyright: ignore[reportArgumentType]
    except NothingBehind:
        status = ACCEPTED
    return status, size, (time.process_time() - started) * 1000


async def _chunks(body: bytes) -> AsyncGenerator[dict[str, Any]]:
    for at in range(0, len(body), CHUNK):
        yield {"type": "http.request", "body": body[at : at + CHUNK], "more_body": at + CHUNK < len(body)}
    while True:
        yield {"type": "http.disconnect"}


async def _walk(service: str, endpoints: Iterable[Endpoint]) -> list[Answer]:
    app = application(service)
    app.state = Anything({"verifier": Everybody()})
    document = app.openapi()
    gc.freeze()
    return [await _send(app, endpoint, case) for endpoint in endpoints for case in cases(endpoint, document)]


def main(folder: Path, service: str) -> None:
    os.environ["LOG_LEVEL"] = "ERROR"
    write_secrets(folder)
    setattr(ServiceTokenVerifier, "caller", _named_in_token)  # noqa: B010 - no type lets a method be replaced
    answers = asyncio.run(_walk(service, [each for each in endpoints_of(service) if each.method != "GET"]))
    declared = json.dumps([asdict(answer) for answer in answers])
    (folder / f"{service}.answers.json").write_text(declared, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

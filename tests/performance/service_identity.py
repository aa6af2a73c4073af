"""What it costs a call between services to show who calls: back-postgres asked for a profile by the client that back-api holds.

In turns with the token and its check, and without both. The callee does both in one process (`callee.py`), the caller is this
one. Processor time of the two is added up: wall-clock time would measure the machine's other work more than this.
"""

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import psutil
import uvloop

from shared.chassis.client import ServiceClient, TokenSource
from shared.chassis.service_tokens import ServiceTokens
from shared.models.service_token import ServiceToken
from shared.security.constants import SERVICE_TOKEN_EXPIRATION, SERVICE_TOKEN_HEADER
from stack import settings, topology
from stack.paths import ROOT
from stack.ports import free_ports
from tests.performance.people import public_url, somebody
from tests.service_callers import Signing
from tests.services import answers
from tests.waiting import eventually

ROUNDS = 40
CONNECTIONS = 4
CALLS = 500
"""Of each connection in a round."""


@dataclass(frozen=True)
class Round:
    """Medians or means of one call, in microseconds."""

    caller: float
    callee: float
    latency: float
    clock: float

    @property
    def both(self) -> float:
        return self.caller + self.callee


PARTS: dict[str, Callable[[Round], float]] = {
    "processor, caller and callee": lambda one: one.both,
    "processor, caller": lambda one: one.caller,
    "processor, callee": lambda one: one.callee,
    "latency": lambda one: one.latency,
    "clock a call": lambda one: one.clock,
}


def bench() -> None:
    """Prints the comparison."""
    person = somebody()
    user_id = httpx.get(f"{public_url()}/api/me", headers=person.headers).json()["user"]["id"]
    path = f"/internal/profiles/{user_id}"
    ports = free_ports(2)
    guarded, unguarded = (f"http://127.0.0.1:{port}" for port in ports)
    tokens = ServiceTokens(partial(_issue, Signing.from_secrets(Path(os.environ["E2E_SECRETS"]))))
    with _callee(*ports) as process:
        assert httpx.get(guarded + path, headers={SERVICE_TOKEN_HEADER: ""}).status_code == 401
        pairs = [
            (_round(process, unguarded, path, None), _round(process, guarded, path, tokens)) for _ in range(ROUNDS)
        ]
    print(f"\nGET /internal/profiles/{{user_id}} of back-postgres; {ROUNDS} rounds, medians of a call")
    print(f"{'µs':28}{'nobody is asked':>17}{'token shown':>13}{'ratio':>8}")
    for name, part in PARTS.items():
        _print(name, [(part(free), part(asked)) for free, asked in pairs])


def _print(name: str, pairs: list[tuple[float, float]]) -> None:
    without, with_token = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(asked / free for free, asked in pairs)
    print(f"{name:28}{without:>17.0f}{with_token:>13.0f}{ratio:>8.3f}", flush=True)


async def _issue(signing: Signing, callee: str) -> ServiceToken:
    token = signing.token("back-api", callee)
    return ServiceToken(access_token=token, token_type="Bearer", expires_in=SERVICE_TOKEN_EXPIRATION)


def _round(process: psutil.Process, url: str, path: str, tokens: TokenSource | None) -> Round:
    """`CALLS` calls on each of the connections, after a few that open them."""
    return uvloop.run(_calls(process, url, path, tokens))


async def _calls(process: psutil.Process, url: str, path: str, tokens: TokenSource | None) -> Round:
    latencies: list[float] = []

    async def many(client: ServiceClient, calls: int) -> None:
        for _ in range(calls):
            began = time.perf_counter()
            await client.call("GET", path)
            latencies.append(time.perf_counter() - began)

    async with ServiceClient("back-postgres", url, tokens=tokens) as client:
        await asyncio.gather(*(many(client, 5) for _ in range(CONNECTIONS)))
        latencies.clear()
        before = process.cpu_times()
        own = time.process_time()
        began = time.perf_counter()
        await asyncio.gather(*(many(client, CALLS) for _ in range(CONNECTIONS)))
        after = process.cpu_times()
        spent = time.process_time() - own
        clock = time.perf_counter() - began
    callee = after.user + after.system - before.user - before.system
    shares = (spent, callee, statistics.median(latencies) * len(latencies), clock)
    return Round(*(share * 1e6 / len(latencies) for share in shares))


@contextlib.contextmanager
def _callee(port: int, open_port: int) -> Generator[psutil.Process]:
    """A further back-postgres over the stack's database, ended at the end."""
    environment = topology.load(settings.load())["back-postgres"].environment
    own = {"PORT": str(port), "OPEN_PORT": str(open_port), "PYTHONPATH": f"{ROOT / 'back-postgres'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.performance.callee"]
    process = subprocess.Popen(command, env=os.environ | environment | own, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for each in (port, open_port):
            eventually(partial(answers, f"http://127.0.0.1:{each}/health/ready"), "back-postgres answers")
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()

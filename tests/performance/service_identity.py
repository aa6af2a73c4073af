"""What it costs back-postgres to ask who calls: processor time for one profile read, with the token check and without.

One process does both in turns (`callee.py`). Time on the clock would tell more of the machine's other work than of this.
"""

import contextlib
import os
import statistics
import subprocess
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

import httpx
import psutil

from shared.security.constants import SERVICE_TOKEN_HEADER
from stack import settings, topology
from stack.paths import ROOT
from stack.ports import free_ports
from tests.performance import load
from tests.performance.load import Call
from tests.performance.people import public_url, somebody
from tests.service_callers import Signing
from tests.services import answers
from tests.waiting import eventually

ROUNDS = 15
CONNECTIONS = 4
SECONDS = 1.0


def bench() -> None:
    """Prints the comparison."""
    person = somebody()
    user_id = httpx.get(f"{public_url()}/api/me", headers=person.headers).json()["user"]["id"]
    token = Signing.of(Path(os.environ["E2E_SECRETS"])).headers("back-api", "back-postgres")
    ports = free_ports(2)
    guarded, unguarded = (f"http://127.0.0.1:{port}/internal/profiles/{user_id}" for port in ports)
    with _callee(*ports) as process:
        assert httpx.get(guarded, headers={SERVICE_TOKEN_HEADER: ""}).status_code == 401
        plain, shown = Call(unguarded), Call(guarded, token)
        rounds = [(_microseconds(process, plain), _microseconds(process, shown)) for _ in range(ROUNDS)]
    without, with_token = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(asked / free for free, asked in rounds)
    print(f"\nGET /internal/profiles/{{user_id}} of back-postgres; {ROUNDS} rounds, medians of processor time a call")
    print(f"nobody is asked {without:.0f} µs, each call shows its token {with_token:.0f} µs, ratio {ratio:.3f}")


def _microseconds(process: psutil.Process, call: Call) -> float:
    """Of its processor time for an answer."""
    before = process.cpu_times()
    result = load.run(call, connections=CONNECTIONS, seconds=SECONDS)
    after = process.cpu_times()
    assert not result.failures
    return (after.user + after.system - before.user - before.system) * 1e6 / len(result.latencies)


@contextlib.contextmanager
def _callee(port: int, open_port: int) -> Generator[psutil.Process]:
    """A further back-postgres over the stack's database, ended at the end."""
    told = topology.load(settings.load())["back-postgres"].environment
    own = {"PORT": str(port), "OPEN_PORT": str(open_port), "PYTHONPATH": f"{ROOT / 'back-postgres'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.performance.callee"]
    process = subprocess.Popen(command, env=os.environ | told | own, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for each in (port, open_port):
            eventually(partial(answers, f"http://127.0.0.1:{each}/health/ready"), "back-postgres answers")
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()

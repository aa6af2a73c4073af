"""Logins at back-auth, against nothing but the Argon2id verification that each of them contains, on the same cores."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from os import sched_getaffinity
from typing import Any, cast

import orjson
from passlib import hash as schemes

from stack import settings
from tests.integration.conftest import PASSWORD
from tests.performance import load
from tests.performance.load import Call, Result
from tests.performance.people import somebody
from tests.performance.report import compare

BASELINE = "Argon2id verification alone"
CONNECTIONS = 8
SECONDS = 4.0
OWASP = {"type": "ID", "memory_cost": 19 * 1024, "time_cost": 2, "parallelism": 1}


def bench() -> None:
    """Prints the comparison."""
    body = orjson.dumps({"email": somebody().email, "password": PASSWORD})
    url = f"http://127.0.0.1:{settings.load().ports['BACK_AUTH']}/api/auth/login"
    login = partial(load.run, Call(url, method="POST", body=body), connections=CONNECTIONS, seconds=SECONDS)
    compare(
        f"POST /api/auth/login, {CONNECTIONS} connections", BASELINE, {BASELINE: _verify, "back-auth's login": login}
    )


def _verify() -> Result:
    scheme: Any = cast(Any, schemes).argon2.using(**OWASP)
    known = scheme.hash(PASSWORD)
    started = time.perf_counter()
    workers = len(sched_getaffinity(0))

    def work() -> list[float]:
        latencies: list[float] = []
        while (before := time.perf_counter()) - started < SECONDS:
            assert scheme.verify(PASSWORD, known)
            latencies.append(time.perf_counter() - before)
        return latencies

    with ThreadPoolExecutor(workers) as pool:
        done = [future.result() for future in [pool.submit(work) for _ in range(workers)]]
    return Result(time.perf_counter() - started, sorted(chain.from_iterable(done)), 0)

"""What tracing costs `GET /api/profile`: pairs of back-api and back-postgres that differ in the TRACES_* settings alone.

Told as processor time a request, of the pair and of what takes the spans to the store (collector, back-cassandra, Cassandra),
which goes on after the requests: each turn waits until it is done, so that no contestant pays for the one before.
"""

import contextlib
import os
import statistics
import tempfile
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from stack import settings
from stack.ports import free_ports
from tests.performance import load, processor
from tests.performance.load import Call, Result
from tests.performance.people import somebody
from tests.services import running
from tests.waiting import eventually

OFF = "tracing off"
SHIPPED = "as shipped"
ALL = "every trace"
CONNECTIONS = 16
ROUNDS = 5
AT_REST = 0.05
"""Seconds of processor time in a second, of the collector; it looks into the folder while it waits."""
DRAIN_SECONDS = 120


@dataclass(frozen=True)
class Turn:
    """Processor time in milliseconds a request."""

    result: Result
    serving: float
    storing: float


@dataclass(frozen=True)
class Contestant:
    call: Call
    pair: Sequence[psutil.Process]
    stores: Sequence[psutil.Process]

    def turn(self) -> Turn:
        before = processor.seconds(self.pair), processor.seconds(self.stores)
        result = load.run(self.call, connections=CONNECTIONS)
        serving = processor.seconds(self.pair) - before[0]
        _drained(self.stores[0])
        storing = processor.seconds(self.stores) - before[1]
        count = len(result.latencies) / 1000
        return Turn(result, serving / count, storing / count)


def bench() -> None:
    """Prints the comparison."""
    headers = somebody().headers
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as pairs:
        ports = settings.load().ports
        collector = pairs.enter_context(_collector(folder))
        stores = [processor.listening(port) for port in (collector, ports["BACK_CASSANDRA"], ports["CASSANDRA"])]
        variants = {
            OFF: {"TRACES_DIR": ""},
            SHIPPED: {"TRACES_DIR": folder},
            ALL: {"TRACES_DIR": folder, "TRACES_SAMPLE": "1"},
        }
        contestants = {
            name: _contestant(pairs.enter_context(_pair(tracing)), headers, stores)
            for name, tracing in variants.items()
        }
        for contestant in contestants.values():
            contestant.turn()  # compiled code, pools, prepared statements
        turns: dict[str, list[Turn]] = {name: [] for name in contestants}
        for at in range(ROUNDS):
            names = list(contestants)
            for name in names[at % len(names) :] + names[: at % len(names)]:
                turns[name].append(contestants[name].turn())
    _report(turns)


def _report(turns: Mapping[str, Sequence[Turn]]) -> None:
    print(f"\nGET /api/profile, back-api → back-postgres, {CONNECTIONS} connections; {ROUNDS} rounds, medians")
    print(f"{'':42}{'per second':>12}{'p99 ms':>9}{'ms serving':>12}{'ms storing':>12}{'ratio':>7}")
    base = statistics.median(turn.serving for turn in turns[OFF])
    for name, rounds in turns.items():
        serving, storing = (
            statistics.median(getattr(turn, part) for turn in rounds) for part in ("serving", "storing")
        )
        print(
            f"{name:42}{statistics.median(turn.result.per_second for turn in rounds):>12,.1f}"
            f"{statistics.median(turn.result.percentile(0.99) for turn in rounds):>9.1f}"
            f"{serving:>12.3f}{storing:>12.3f}{(serving + storing) / base:>7.2f}",
            flush=True,
        )


def _contestant(pair: tuple[int, int], headers: Mapping[str, str], stores: Sequence[psutil.Process]) -> Contestant:
    call = Call(f"http://127.0.0.1:{pair[0]}/api/profile", headers)
    return Contestant(call, [processor.listening(port) for port in pair], stores)


def _drained(collector: psutil.Process) -> None:
    """Returns when the collector has nothing to do any more."""

    def rests() -> bool:
        return collector.cpu_percent(interval=1.5) <= AT_REST * 100

    eventually(rests, "the collector has stored what was written", seconds=DRAIN_SECONDS)


@contextlib.contextmanager
def _collector(folder: str) -> Generator[int]:
    """The part of back-workers that takes what is written into `folder` to the stack's back-cassandra; its port."""
    ports = settings.load().ports
    secrets = Path(os.environ["E2E_SECRETS"])
    (port,) = free_ports(1)
    own = {
        "PORT": str(port),
        "EVENT_JOBS": "traces",
        "TRACES_DIR": folder,
        "LOG_LEVEL": "WARNING",
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(ports["BACK_REDIS"]),
        "SMTP_HOST": "127.0.0.1",
        "MAIL_FROM": "no-reply@example.com",
        "PUBLIC_URL": "http://localhost",
        "SECRETS_DIR": str(secrets / "back-workers"),
    }
    urls = {
        f"{name}_URL": f"http://127.0.0.1:{ports[name]}" for name in ("BACK_AUTH", "BACK_POSTGRES", "BACK_CASSANDRA")
    }
    with running("back-workers", own | urls):
        yield port


@contextlib.contextmanager
def _pair(tracing: Mapping[str, str]) -> Generator[tuple[int, int]]:
    """A back-api with a back-postgres of its own, beside the stack's; their ports."""
    ports = settings.load().ports
    secrets = Path(os.environ["E2E_SECRETS"])
    own_api, own_postgres = free_ports(2)
    common = {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(ports["BACK_REDIS"]), "LOG_LEVEL": "WARNING", **tracing}
    postgres = {
        "PORT": str(own_postgres),
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(ports["POSTGRES"]),
        "POSTGRES_DB": "dashboard",
        "SECRETS_DIR": str(secrets / "back-postgres"),
    }
    api = {
        "PORT": str(own_api),
        "BACK_AUTH_URL": f"http://127.0.0.1:{ports['BACK_AUTH']}",
        "BACK_CASSANDRA_URL": f"http://127.0.0.1:{ports['BACK_CASSANDRA']}",
        "BACK_POSTGRES_URL": f"http://127.0.0.1:{own_postgres}",
        "SECRETS_DIR": str(secrets / "back-api"),
    }
    with running("back-postgres", common | postgres), running("back-api", common | api):
        yield own_api, own_postgres

"""What tracing costs `GET /api/profile`: pairs of back-api and back-postgres that differ in TRACES_DIR and TRACES_SAMPLE alone."""

import contextlib
import os
import tempfile
from collections.abc import Generator, Mapping
from functools import partial
from pathlib import Path

from stack import settings
from stack.ports import free_ports
from tests.performance import load
from tests.performance.load import Call
from tests.performance.people import somebody
from tests.performance.report import compare
from tests.services import running

OFF = "tracing off"
CONNECTIONS = 16


def bench() -> None:
    """Prints the comparison."""
    headers = somebody().headers
    with tempfile.TemporaryDirectory() as parent, contextlib.ExitStack() as pairs:
        folder, collected = f"{parent}/traces", f"{parent}/collected"
        variants = {
            OFF: {"TRACES_DIR": ""},
            "one trace of a hundred": {"TRACES_DIR": folder, "TRACES_SAMPLE": "0.01"},
            "every trace": {"TRACES_DIR": folder, "TRACES_SAMPLE": "1"},
            "every trace, collected": {"TRACES_DIR": collected, "TRACES_SAMPLE": "1"},
        }
        pairs.enter_context(_collector(collected))
        runs = {
            name: partial(
                load.run, Call(f"{pairs.enter_context(_pair(tracing))}/api/profile", headers), connections=CONNECTIONS
            )
            for name, tracing in variants.items()
        }
        compare(f"GET /api/profile, back-api → back-postgres, {CONNECTIONS} connections", OFF, runs)


@contextlib.contextmanager
def _collector(folder: str) -> Generator[None]:
    """The part of back-workers that takes what is written into `folder` to the stack's back-cassandra."""
    ports, secrets = settings.load().ports, Path(os.environ["E2E_SECRETS"])
    own = {
        "PORT": str(free_ports(1)[0]),
        "EVENT_JOBS": "traces",
        "TRACES_DIR": folder,
        "TRACES_SAMPLE": "0",
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
        yield


@contextlib.contextmanager
def _pair(tracing: Mapping[str, str]) -> Generator[str]:
    """A back-api with a back-postgres of its own, beside the stack's; its address."""
    ports, secrets = settings.load().ports, Path(os.environ["E2E_SECRETS"])
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
    with running("back-postgres", common | postgres), running("back-api", common | api) as url:
        yield url

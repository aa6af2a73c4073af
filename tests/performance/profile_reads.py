"""`GET /api/profile` through the services, against one process that does the same alone (`baseline.py`)."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

from stack import settings
from stack.ports import free_ports
from tests.performance import load
from tests.performance.load import Call
from tests.performance.people import public_url, somebody
from tests.performance.report import compare
from tests.services import answers
from tests.waiting import eventually

BASELINE = "one FastAPI process"
CONNECTIONS = 16


def bench() -> None:
    """Prints the comparison."""
    headers = somebody().headers
    with _baseline() as baseline_url:
        urls = {
            BASELINE: baseline_url,
            "back-api → back-postgres": f"http://127.0.0.1:{settings.load().ports['BACK_API']}",
            "gateway → back-api → back-postgres": public_url(),
        }
        calls = {name: Call(f"{url}/api/profile", headers) for name, url in urls.items()}
        runs = {name: partial(load.run, call, connections=CONNECTIONS) for name, call in calls.items()}
        compare(f"GET /api/profile, {CONNECTIONS} connections", BASELINE, runs)


@contextlib.contextmanager
def _baseline() -> Generator[str]:
    """The baseline process on a port of its own, ended at the end."""
    (port,) = free_ports(1)
    password = (Path(os.environ["E2E_SECRETS"]) / "back-postgres" / "postgres_app_password").read_text().strip()
    environment = os.environ | {
        "PORT": str(port),
        "JWKS_URL": f"{public_url()}/.well-known/jwks.json",
        "POSTGRES_DSN": f"postgresql://dashboard_app:{password}@127.0.0.1:{settings.load().ports['POSTGRES']}/dashboard",
    }
    process = subprocess.Popen([sys.executable, "-m", "tests.performance.baseline"], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: answers(f"{url}/openapi.json"), "the baseline answers")
        yield url
    finally:
        process.terminate()
        process.wait()

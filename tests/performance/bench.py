"""`make bench`: what the boundaries cost, as ratios against a named baseline taken in the same run.

Runs against the stack that E2E_PUBLIC_URL, E2E_ACCOUNTS, SECRETS_ROOT and PORT_OFFSET tell of.
Rounds alternate between the contestants, so that a drift of the machine's speed meets all of them alike.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import httpx

from stack import settings
from stack.ports import free_ports
from tests.performance import load
from tests.performance.load import Result
from tests.services import answers
from tests.waiting import eventually

ROUNDS = 5
SECONDS = 3.0
CONNECTIONS = 16
BASELINE = "one FastAPI process"


def main() -> None:
    """Prints requests a second, latencies and the ratio to the baseline."""
    public_url, ports = os.environ["E2E_PUBLIC_URL"], settings.load().ports
    token = _token_of_somebody_with_a_profile(public_url)
    with _baseline(public_url) as baseline_url:
        contestants = {
            BASELINE: f"{baseline_url}/api/profile",
            "back-api → back-postgres": f"http://127.0.0.1:{ports['BACK_API']}/api/profile",
            "gateway → back-api → back-postgres": f"{public_url}/api/profile",
        }
        results: dict[str, list[Result]] = {name: [] for name in contestants}
        for _ in range(ROUNDS):
            for name, url in contestants.items():
                headers = {"Authorization": f"Bearer {token}"}
                results[name].append(load.run(url, headers, connections=CONNECTIONS, seconds=SECONDS))
    _report(results)


def _report(results: dict[str, list[Result]]) -> None:
    print(f"GET /api/profile, {CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:.0f} s, medians")
    print(f"{'':38}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'failed':>8}{'ratio':>7}")
    base = [result.per_second for result in results[BASELINE]]
    for name, rounds in results.items():
        ratio = statistics.median(result.per_second / other for result, other in zip(rounds, base, strict=True))
        print(
            f"{name:38}{statistics.median(result.per_second for result in rounds):>12,.0f}"
            f"{statistics.median(result.percentile(0.5) for result in rounds):>9.1f}"
            f"{statistics.median(result.percentile(0.99) for result in rounds):>9.1f}"
            f"{sum(result.failures for result in rounds):>8}{ratio:>7.2f}"
        )


def _token_of_somebody_with_a_profile(public_url: str) -> str:
    accounts = json.loads(Path(os.environ["E2E_ACCOUNTS"]).read_text(encoding="utf-8"))
    account = next(account for account in accounts if account["role"] == "user")
    with httpx.Client(base_url=public_url, timeout=20) as api:
        login = {"email": account["email"], "password": account["password"]}
        token = api.post("/api/auth/login", json=login).raise_for_status().json()["access_token"]
        created = api.post("/api/profile", json={"name": "Bench"}, headers={"Authorization": f"Bearer {token}"})
        assert created.status_code in (201, 409), created.text
    return token


@contextlib.contextmanager
def _baseline(public_url: str) -> Generator[str]:
    """The baseline process on a port of its own, ended at the end."""
    (port,) = free_ports(1)
    password = (Path(os.environ["SECRETS_ROOT"]) / "back-postgres" / "postgres_app_password").read_text().strip()
    environment = os.environ | {
        "PORT": str(port),
        "JWKS_URL": f"{public_url}/.well-known/jwks.json",
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


if __name__ == "__main__":
    main()

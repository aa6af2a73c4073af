"""The status port, metrics, reload without a failed request, and stopping."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from stack.errors import StackError
from stack.gateway import process, trial
from stack.gateway.trial import Trial

pytestmark = pytest.mark.integration


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Trial]:
    running = trial.start(tmp_path)
    yield running
    running.stop()


async def test_status_and_metrics_are_on_their_own_port(own: Trial, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{own.status_url}/status/ready") as answer:
        assert (answer.status, await answer.json()) == (200, {"message": "ready"})
    async with client.get(f"{own.url}/api/profile") as answer:
        await answer.read()
    async with client.get(f"{own.url}/internal/x") as answer:
        await answer.read()
    expected = [
        'kong_http_requests_total{service="back-api",route="api",code="200",source="service"} 1',
        'kong_http_requests_total{service="",route="refused",code="404",source="kong"} 1',
        'kong_request_latency_ms_count{service="back-api",route="api"} 1',
        'kong_upstream_latency_ms_bucket{service="back-api",route="api",le="+Inf"} 1',
    ]
    lines = await metrics(client, own, 2)
    samples = [sample for family in text_string_to_metric_families("\n".join(lines)) for sample in family.samples]
    assert len(samples) == len([line for line in lines if not line.startswith("#")])
    assert [line for line in expected if line not in lines] == []
    async with client.get(f"{own.url}/status/ready") as answer:
        assert (await answer.json())["service"] == "front-public"


async def metrics(client: aiohttp.ClientSession, own: Trial, series: int) -> list[str]:
    """A request is counted after its answer: look again until both are."""
    lines: list[str] = []
    for _ in range(20):
        async with client.get(f"{own.status_url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        if sum(line.startswith("kong_http_requests_total{") for line in lines) == series:
            break
        await asyncio.sleep(0.05)
    return lines


async def test_a_reload_under_load_fails_no_request(own: Trial, client: aiohttp.ClientSession) -> None:
    done = asyncio.Event()
    statuses: list[int] = []

    async def load() -> None:
        while not done.is_set():
            async with client.get(f"{own.url}/api/profile") as answer:
                await answer.read()
                statuses.append(answer.status)

    callers = [asyncio.create_task(load()) for _ in range(4)]
    moved = trial.Echo("moved")
    for _ in range(3):
        await asyncio.sleep(0.2)
        process.reload(own.prefix)
    environment = {**own.places.environment, "BACK_API_PORT": str(moved.port)}
    own.render(environment=environment)
    process.reload(own.prefix)
    await asyncio.sleep(1)
    done.set()
    await asyncio.gather(*callers)
    async with aiohttp.ClientSession() as fresh, fresh.get(f"{own.url}/api/profile") as answer:
        assert (await answer.json())["service"] == "moved"
    moved.close()
    assert set(statuses) == {200}


async def test_quit_waits_for_open_requests(own: Trial, client: aiohttp.ClientSession) -> None:
    waiting = asyncio.create_task(client.get(f"{own.url}/api/profile?wait=1"))
    await asyncio.sleep(0.3)
    os.kill(own.server.pid, signal.SIGQUIT)
    answer = await waiting
    assert answer.status == 200
    answer.close()
    assert await asyncio.to_thread(own.server.wait, 10) == 0


async def test_a_killed_master_leaves_no_worker_on_the_port(own: Trial) -> None:
    await asyncio.sleep(1)
    own.server.kill()
    own.server.wait(10)
    for _ in range(40):
        try:
            process.require_free(own.places)
            break
        except StackError:
            await asyncio.sleep(0.1)
    process.require_free(own.places)


def test_a_taken_port_is_named(own: Trial) -> None:
    with pytest.raises(StackError, match=rf"Port {own.places.port} on 127.0.0.1 .* set BACK_GATEWAY_PORT"):
        process.require_free(own.places)

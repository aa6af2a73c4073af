"""The status port, metrics, reload without a failed request, and stopping."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from stack.errors import StackError
from stack.gateway import process
from stack.ports import is_free
from tests import trial_gateway as trial
from tests.trial_gateway import Trial
from tests.waiting import PATIENCE_SECONDS, until

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

    async def counted() -> list[str]:
        async with client.get(f"{own.status_url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return lines if sum(line.startswith("kong_http_requests_total{") for line in lines) == series else []

    return await until(counted, f"{series} series of requests")


async def test_a_reload_under_load_fails_no_request(own: Trial, client: aiohttp.ClientSession) -> None:
    done = asyncio.Event()
    statuses: list[int] = []

    async def load() -> None:
        while not done.is_set():
            async with client.get(f"{own.url}/api/profile") as answer:
                await answer.read()
                statuses.append(answer.status)

    async def more_answers() -> None:
        enough = len(statuses) + 100
        await until(lambda: len(statuses) >= enough, "a hundred answers more")

    callers = [asyncio.create_task(load()) for _ in range(4)]
    moved = trial.Echo("moved")
    for _ in range(3):
        await more_answers()
        process.reload(own.prefix)
    environment = {**own.places.environment, "BACK_API_PORT": str(moved.port)}
    own.render(environment=environment)
    process.reload(own.prefix)
    await until(lambda: service_of_a_new_caller(own, "moved"), "the new configuration holds")
    await more_answers()
    done.set()
    await asyncio.gather(*callers)
    moved.close()
    assert set(statuses) == {200}


async def service_of_a_new_caller(own: Trial, name: str) -> bool:
    async with aiohttp.ClientSession() as fresh, fresh.get(f"{own.url}/api/profile") as answer:
        return (await answer.json())["service"] == name


async def test_quit_waits_for_open_requests(own: Trial, client: aiohttp.ClientSession) -> None:
    echo = own.echoes["back-api"]
    waiting = asyncio.create_task(client.get(f"{own.url}/api/profile?held=1"))
    await until(lambda: echo.requests == 1, "the request has arrived")
    os.kill(own.server.pid, signal.SIGQUIT)
    await until(lambda: is_free(own.places.port), "nobody new is let in")
    assert not waiting.done()
    echo.release()
    answer = await waiting
    assert answer.status == 200
    answer.close()
    assert await asyncio.to_thread(own.server.wait, 10) == 0


async def test_a_killed_master_leaves_no_worker_on_the_port(own: Trial) -> None:
    """Once its workers know it: they look at their master twice a second, for the first time half a second after the start."""
    workers = psutil.Process(own.server.pid).children()
    await until(lambda: all(time.time() - worker.create_time() > 3 for worker in workers), "workers of three seconds")
    own.server.kill()
    own.server.wait(PATIENCE_SECONDS)
    await until(lambda: is_free(own.places.port) and is_free(own.places.status_port), "both ports are free")
    process.require_free(own.places)


def test_a_taken_port_is_named(own: Trial) -> None:
    with pytest.raises(StackError, match=rf"Port {own.places.port} on 127.0.0.1 .* set BACK_GATEWAY_PORT"):
        process.require_free(own.places)

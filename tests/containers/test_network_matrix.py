"""From inside each container every other one is called, by name and by each of its addresses: only declared peers answer.

A Docker network has no direction, so that the callee of a declared call reaches its caller as well; what a caller may
not be asked is refused by its own interface. Who shares no call must not answer, also where both call the same third one.
"""

import json
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from shared.contracts import boundaries
from stack.engines import docker
from stack.engines.docker_debug import IMAGE
from stack.paths import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
ONE_SHOTS = {"secrets", "shared"}
NAMES = sorted(name for name, entry in COMPOSE.items() if name not in ONE_SHOTS and "profiles" not in entry)
PORTS = {
    "postgres": [5432], "cassandra": [9042], "back-redis": [6379], "mail": [1025, 1080], "back-gateway": [8000, 8007],
    "back-workers": [8106], "back-workers-bulk": [8108], "back-workers-beat": [8107], "back-workers-events": [8104], "front-public": [4101],
    "front-admin": [4102], "back-api": [8100], "back-auth": [8101], "back-postgres": [8102], "back-cassandra": [8103],
    "back-websockets": [8105],
}  # fmt: skip
# Runs in a container that shares the network of the one under test: opens all targets at once, prints which answered.
KNOCK = """
import json, socket, sys
from concurrent.futures import ThreadPoolExecutor
def knock(target):
    try:
        socket.create_connection(target, 2).close()
        return True
    except OSError:
        return False
targets = json.loads(sys.argv[1])
with ThreadPoolExecutor(64) as pool:
    print(json.dumps(list(pool.map(lambda target: knock(tuple(target)), targets))))
"""


@dataclass(frozen=True)
class Target:
    service: str
    host: str
    port: int


@pytest.fixture(scope="session")
def targets(containers: dict[str, str]) -> list[Target]:
    """Every port of every container, by its name and by each of its addresses."""
    found: list[Target] = []
    for service, number in containers.items():
        networks = json.loads(docker.output("inspect", number, "--format", "{{json .NetworkSettings.Networks}}"))
        hosts = [service, *(network["IPAddress"] for network in networks.values())]
        found += [Target(service, host, port) for host in hosts for port in PORTS[service]]
    return found


def _owner(name: str) -> str:
    return COMPOSE[name].get("labels", {}).get("dashboard.service", name)


def _may_meet(one: str, other: str) -> bool:
    calls = set(boundaries.load().edges())
    pair = _owner(one), _owner(other)
    return pair[0] == pair[1] or pair in calls or pair[::-1] in calls


def test_all_containers_are_looked_at(containers: dict[str, str]) -> None:
    assert sorted(containers) == NAMES == sorted(PORTS)


@pytest.mark.parametrize("caller", NAMES)
def test_only_declared_peers_answer(caller: str, containers: dict[str, str], targets: list[Target]) -> None:
    others = [target for target in targets if target.service != caller]
    asked = json.dumps([(target.host, target.port) for target in others])
    inside = f"container:{containers[caller]}"
    answers = json.loads(docker.output("run", "--rm", "--network", inside, IMAGE, "python", "-c", KNOCK, asked))
    answered = {target.service for target, yes in zip(others, answers, strict=True) if yes}
    assert answered == {name for name in NAMES if name != caller and _may_meet(caller, name)}

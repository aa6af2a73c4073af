"""Several processes of one service, as `deploy.replicas` makes several containers: names and ports of their own, one label."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from stack.errors import StackError

if TYPE_CHECKING:
    from stack.topology import Service

STEP = 10
"""From the port of one replica to that of the next; in between are the ports of other services."""
AT_MOST = 3


def count(entry: Mapping[str, Any]) -> int:
    """What `deploy.replicas` of a service says, 1 without it. Raises StackError for a number that cannot be had."""
    given = str(entry.get("deploy", {}).get("replicas", 1))
    return checked("deploy.replicas", given)


def checked(name: str, given: str) -> int:
    """Raises StackError with the `name` of a setting that is no number of replicas."""
    if not given.isdigit() or not 1 <= int(given) <= AT_MOST:
        raise StackError(f"Setting {name} must be a number from 1 to {AT_MOST}, but is {given!r}.")
    return int(given)


def ports(first: int, replicas: int) -> list[int]:
    """Of all replicas of a service whose first one has the port `first`."""
    return [first + STEP * number for number in range(replicas)]


def expanded(service: "Service", replicas: int) -> "list[Service]":
    """The service itself, then `<name>-2` and so on."""
    if replicas == 1:
        return [service]
    if service.port is None:
        raise StackError(f"docker-compose.yml: {service.name} has no port, so it cannot have replicas.")
    return [service, *(_replica(service, number + 2, port) for number, port in enumerate(_others(service, replicas)))]


def _others(service: "Service", replicas: int) -> list[int]:
    return ports(service.port or 0, replicas)[1:]


def _replica(service: "Service", number: int, port: int) -> "Service":
    target = service.probe.target.replace(f":{service.port}/", f":{port}/")
    return replace(
        service,
        name=f"{service.name}-{number}",
        environment=service.environment | {"PORT": str(port)},
        probe=replace(service.probe, target=target),
        port=port,
    )

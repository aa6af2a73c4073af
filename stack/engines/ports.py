"""Ports are looked at before anything starts, so that a taken one is named with the setting that moves it."""

from collections.abc import Mapping

from stack.errors import StackError
from stack.ports import holder, taken_at
from stack.topology import Service


def require_free(services: Mapping[str, Service]) -> None:
    """Raises StackError for the first taken port."""
    for service in services.values():
        for port in sorted(_ports(service)):
            if host := taken_at(port):
                place = f"[{host}]" if ":" in host else host
                raise StackError(
                    f"Port {port} of {service.name} is taken by {holder(port, host)} at {place}: end that, or move ours with "
                    f"`make up {setting(service, port)}=<port>`, or all of them with `make up PORT_OFFSET=1000`."
                )


def setting(service: Service, port: int) -> str:
    """The variable that moves a port of a service."""
    named = [name for name, value in _numbers(service).items() if value == port and name != "PORT"]
    return named[0] if named else f"{service.label.upper().replace('-', '_')}_PORT"


def _ports(service: Service) -> set[int]:
    """What the service itself listens on: its own PORT, or for stores and stand-ins all ports in their environment."""
    numbers = _numbers(service)
    own = {"PORT", "BACK_GATEWAY_STATUS_PORT"} if "PORT" in numbers else set(numbers)
    listening = service.port is not None
    return {port for name, port in numbers.items() if listening and name in own}


def _numbers(service: Service) -> dict[str, int]:
    pairs = service.environment.items()
    return {name: int(value) for name, value in pairs if name.endswith("PORT") and value.isdigit()}

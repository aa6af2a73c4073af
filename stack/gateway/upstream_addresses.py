"""Where this gateway listens and where its targets are: the environment decides, the Kong file has the defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from stack import replicas
from stack.gateway.config_reader import UnsupportedKongConfig
from stack.gateway.model import ORIGIN, Target

# The host in the Kong file that ADMIN_URL replaces.
ADMIN_HOST = "admin.localhost"


@dataclass(frozen=True)
class UpstreamAddresses:
    """HOST, PORT, BACK_GATEWAY_STATUS_PORT, BACK_GATEWAY_WORKERS, BACK_GATEWAY_RATE_LIMIT_SCALE (a factor for every limit),
    PUBLIC_URL, ADMIN_URL and ALLOWED_ORIGINS (a comma list; the three together are the origins, instead of those in the
    file), TRUSTED_PROXIES (a comma list of addresses and CIDRs whose X-Forwarded-* count) and `<TARGET>_HOST`,
    `<TARGET>_PORT`, and `<TARGET>_REPLICAS` where each replica has a port of its own.

    back-gateway/start.sh does the same for Kong."""

    host: str = "127.0.0.1"
    port: int = 8000
    status_port: int = 8007
    workers: int = 2
    rate_limit_scale: float = 1.0
    origins: list[str] | None = None
    admin_host: str = ADMIN_HOST
    trusted_proxies: list[str] = field(default_factory=list[str])
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    resolvers: list[str] = field(default_factory=list[str])

    def addresses(self, target: Target) -> list[tuple[str, int]]:
        """`back-api:8100` is at BACK_API_HOST and BACK_API_PORT where these are set; localhost needs no name server."""
        name = target.host.upper().replace("-", "_").replace(".", "_")
        host = self.environment.get(f"{name}_HOST") or target.host
        several = replicas.checked(f"{name}_REPLICAS", self.environment.get(f"{name}_REPLICAS") or "1")
        ports = replicas.ports(number(self.environment, f"{name}_PORT", target.port), several)
        return [("127.0.0.1" if host == "localhost" else host, port) for port in ports]


def from_environment(
    environment: Mapping[str, str] = os.environ, resolv_conf: Path = Path("/etc/resolv.conf")
) -> UpstreamAddresses:
    """Raises `UnsupportedKongConfig` for a setting that is not what it must be."""
    own = ",".join(environment.get(name) or "" for name in ("PUBLIC_URL", "ADMIN_URL", "ALLOWED_ORIGINS"))
    return UpstreamAddresses(
        host=environment.get("HOST") or "127.0.0.1",
        port=number(environment, "PORT", 8000),
        status_port=number(environment, "BACK_GATEWAY_STATUS_PORT", 8007),
        workers=number(environment, "BACK_GATEWAY_WORKERS", 2),
        rate_limit_scale=scale(environment.get("BACK_GATEWAY_RATE_LIMIT_SCALE") or "1"),
        origins=[origin(item) for item in dict.fromkeys(listed(own))] or None,
        admin_host=urlsplit(environment.get("ADMIN_URL") or "").hostname or ADMIN_HOST,
        trusted_proxies=[network(item) for item in listed(environment.get("TRUSTED_PROXIES") or "")],
        environment=environment,
        resolvers=name_servers(resolv_conf),
    )


def listed(text: str) -> list[str]:
    """The items of a comma list, without blanks and slashes at the end."""
    return [item.strip().rstrip("/") for item in text.split(",") if item.strip()]


def origin(text: str) -> str:
    if not ORIGIN.fullmatch(text):
        raise UnsupportedKongConfig(f"ALLOWED_ORIGINS must be a list of scheme://host[:port], is {text!r}.")
    return text


def network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError as error:
        raise UnsupportedKongConfig(f"TRUSTED_PROXIES must be a list of addresses and CIDRs, is {text!r}.") from error


def number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise UnsupportedKongConfig(f"{name} must be a number from 1 to 65535, is {value!r}.")
    return int(value)


def scale(value: str) -> float:
    try:
        factor = float(value)
    except ValueError:
        factor = 0
    if not 0 < factor < 1e6:
        raise UnsupportedKongConfig(
            f"BACK_GATEWAY_RATE_LIMIT_SCALE must be a factor above 0 and below 1,000,000, is {value!r}."
        )
    return factor


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def name_servers(resolv_conf: Path) -> list[str]:
    """The machine's name servers in nginx's spelling; empty when it has none."""
    try:
        lines = resolv_conf.read_text("utf-8").splitlines()
    except OSError:
        return []
    found = [line.split()[1] for line in lines if line.startswith("nameserver ") and len(line.split()) > 1]
    return [f"[{server}]" if ":" in server else server for server in found if is_address(server)]

"""The settings of one stack: ports and hosts as variables for compose's interpolation.

PORT_OFFSET moves all ports, X_PORT one of them; STACK_DIR holds the state. Everything else keeps compose's default.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from stack.errors import StackError
from stack.interpolation import default_ports, variables
from stack.paths import ROOT, data_dir, secrets_dir
from stack.setting_rules import RULES, complaints

COMPOSE = ROOT / "docker-compose.yml"


@dataclass(frozen=True)
class Settings:
    """`ports` by name (`BACK_API`), as they are on this machine."""

    ports: Mapping[str, int]
    given: Mapping[str, str]

    @property
    def public_url(self) -> str:
        return self.given.get("PUBLIC_URL") or f"http://localhost:{self.ports['BACK_GATEWAY']}"

    @property
    def admin_url(self) -> str:
        return self.given.get("ADMIN_URL") or f"http://admin.localhost:{self.ports['BACK_GATEWAY']}"

    @property
    def origins(self) -> str:
        fronts = (f"http://localhost:{self.ports[name]}" for name in ("FRONT_PUBLIC", "FRONT_ADMIN"))
        return self.given.get("ALLOWED_ORIGINS") or ",".join([self.public_url, self.admin_url, *fronts])

    @property
    def urls(self) -> dict[str, str]:
        admin_origins = self.given.get("ADMIN_ORIGINS") or f"http://localhost:{self.ports['FRONT_ADMIN']}"
        own = {"ADMIN_ORIGINS": admin_origins, "ALLOWED_ORIGINS": self.origins}
        return {"PUBLIC_URL": self.public_url, "ADMIN_URL": self.admin_url} | own

    @property
    def network_prefix(self) -> str:
        """The first half of the addresses in containers' networks: another one for each clone with ports of its own."""
        return f"10.{100 + int(self.given.get('PORT_OFFSET') or 0) // 200 % 150}"

    def native(self) -> dict[str, str]:
        """Variables for processes: every host is this machine's loopback address."""
        places = {f"{name}_HOST": "127.0.0.1" for name in self.ports}
        places |= {f"{name}_PORT": str(port) for name, port in self.ports.items()}
        own = {"BIND_HOST": "127.0.0.1", "SECRETS_ROOT": str(secrets_dir())}
        return {"TRACES_DIR": str(data_dir() / "traces")} | dict(self.given) | places | own | self.urls

    def containers(self) -> dict[str, str]:
        """Variables for containers: inside, hosts and ports keep their defaults; only what is published moves."""
        inside = {key: value for key, value in self.given.items() if not key.endswith(("_PORT", "_HOST"))}
        published = {f"{name}_PUBLISHED_PORT": self._published(name) for name in self.ports}
        return {"NETWORK_PREFIX": self.network_prefix} | inside | published | self.urls

    def _published(self, name: str) -> str:
        """Several containers cannot have one port of this machine: each gets a free one."""
        several = self.given.get(f"{name}_REPLICAS") or "1"
        return str(self.ports[name]) if several == "1" else "0"


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises StackError with a sentence for each setting that is not what it must be."""
    compose = COMPOSE.read_text()
    if wrong := list(complaints(environment, {*RULES, *variables(compose)})):
        raise StackError("\n".join(wrong))
    defaults = default_ports(compose)
    offset = _number("PORT_OFFSET", environment.get("PORT_OFFSET") or "0")
    ports = {
        name: _number(f"{name}_PORT", environment.get(f"{name}_PORT") or str(port + offset))
        for name, port in defaults.items()
    }
    return Settings(ports, dict(environment))


def _number(name: str, value: str) -> int:
    if not value.isdigit() or int(value) > 65535:
        raise StackError(f"Setting {name} must be a number up to 65535, but is {value!r}.")
    return int(value)

"""What back-auth needs to know (docker-compose.yml sets it). A limit is `attempts` in a window of `seconds`."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from os import sched_getaffinity

from pydantic import Field, field_validator

from shared.chassis.settings import RedisSettings, ServiceSettings

LOOPBACK = "127.0.0.0/8,::1/128"


class Settings(ServiceSettings, RedisSettings):
    port: int = 8101
    back_postgres_url: str
    back_cassandra_url: str

    internal_networks: str = LOOPBACK
    """Networks whose X-Forwarded-For is believed: the gateway and the fronts."""

    account_failures: int = Field(default=10, ge=1)
    account_failures_seconds: int = Field(default=15 * 60, ge=1)
    address_failures: int = Field(default=100, ge=1)
    address_failures_seconds: int = Field(default=15 * 60, ge=1)
    registrations: int = Field(default=5, ge=1)
    registrations_seconds: int = Field(default=15 * 60, ge=1)
    verification_mails: int = Field(default=5, ge=1)
    verification_mails_seconds: int = Field(default=60 * 60, ge=1)

    hashing_workers: int = Field(default_factory=lambda: len(sched_getaffinity(0)), ge=1)
    hashing_queue: int = Field(default=100, ge=1)
    """Passwords that may wait for a worker; one more is told to come back."""

    @field_validator("internal_networks")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        _networks(text)
        return text

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return _networks(self.internal_networks)


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())

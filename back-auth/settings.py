"""What back-auth needs to know (docker-compose.yml sets it). A limit is so many attempts in a window of so many `_seconds`;
docs/limits.md says what is counted, and must agree.
"""

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
    device_failures: int = Field(default=10, ge=1)
    device_failures_seconds: int = Field(default=15 * 60, ge=1)
    address_failures: int = Field(default=100, ge=1)
    address_failures_seconds: int = Field(default=15 * 60, ge=1)
    network_failures: int = Field(default=300, ge=1)
    network_failures_seconds: int = Field(default=15 * 60, ge=1)
    logins: int = Field(default=100, ge=1)
    logins_seconds: int = Field(default=15 * 60, ge=1)
    lock_notices: int = Field(default=3, ge=1)
    lock_notices_seconds: int = Field(default=24 * 60 * 60, ge=1)
    registrations: int = Field(default=5, ge=1)
    registrations_seconds: int = Field(default=60 * 60, ge=1)
    network_registrations: int = Field(default=100, ge=1)
    network_registrations_seconds: int = Field(default=15 * 60, ge=1)
    verification_mails: int = Field(default=5, ge=1)
    verification_mails_seconds: int = Field(default=60 * 60, ge=1)
    sessions_per_user: int = Field(default=20, ge=1)

    rate_limit_scale: float = Field(default=1.0, gt=0, lt=1e6)
    """Multiplies what many people, or many tests, share: budgets of addresses and networks, logins, sessions."""

    hashing_workers: int = Field(default_factory=lambda: len(sched_getaffinity(0)), ge=1)
    hashing_queue: int = Field(default=100, ge=1)
    """Passwords that may wait for a worker; one more is refused with `Retry-After`."""

    @field_validator("internal_networks")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        _networks(text)
        return text

    def scaled(self, budget: int) -> int:
        """At least one."""
        return max(1, round(budget * self.rate_limit_scale))

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return _networks(self.internal_networks)


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())

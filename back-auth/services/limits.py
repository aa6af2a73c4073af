"""The limits that back-auth enforces, and their keys; docs/limits.md is the table. The budgets are in settings.py."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Self

from back_redis.rate_limits import CountedAttempt, Limit
from settings import Settings
from shared.utils.errors import TooManyRequests

REFRESHES = Limit(attempts=60, seconds=60)


@dataclass(frozen=True)
class Budget:
    """`name` is part of the key in back-redis."""

    name: str
    limit: Limit

    def attempt_of(self, subject: str) -> CountedAttempt:
        """One attempt of `subject`."""
        return CountedAttempt(self.name, subject, self.limit)


@dataclass(frozen=True)
class Budgets:
    account_failures: Budget
    address_failures: Budget
    network_failures: Budget
    device_failures: Budget
    logins: Budget
    lock_notices: Budget
    mailbox_registrations: Budget
    network_registrations: Budget
    verification_mails: Budget
    refreshes: Budget

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        def limit(name: str, *, scaled: bool = False) -> Limit:
            attempts = int(getattr(settings, name))
            return Limit(settings.scaled(attempts) if scaled else attempts, int(getattr(settings, f"{name}_seconds")))

        return cls(
            account_failures=Budget("account", limit("account_failures")),
            address_failures=Budget("address", limit("address_failures", scaled=True)),
            network_failures=Budget("network", limit("network_failures", scaled=True)),
            device_failures=Budget("device", limit("device_failures")),
            logins=Budget("logins", limit("logins", scaled=True)),
            lock_notices=Budget("lock-notice", limit("lock_notices")),
            mailbox_registrations=Budget("registration", limit("registrations")),
            network_registrations=Budget("network-registration", limit("network_registrations", scaled=True)),
            verification_mails=Budget("verification-mail", limit("verification_mails")),
            refreshes=Budget("refresh", REFRESHES),
        )


def by_address(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one, which one customer owns whole."""
    return _network(address, ipv4_prefix=32) if ":" in address else address


def by_network(address: str) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 one."""
    return _network(address, ipv4_prefix=24)


def by_mailbox(email: str) -> str:
    """The mailbox that `email` is delivered to: without a sub-address (RFC 5233), in lower case.

    Dots stay: only some providers ignore them, and elsewhere `a.b@` and `ab@` are two people.
    """
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


@contextmanager
def refused_as(what: str) -> Generator[None]:
    """The limiter's 429 within the block, naming `what` was too many."""
    try:
        yield
    except TooManyRequests as error:
        raise TooManyRequests.after(error.retry_after, what=what) from None


def _network(address: str, *, ipv4_prefix: int) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    prefix = 64 if isinstance(parsed, IPv6Address) else ipv4_prefix
    return str(ip_network((parsed, prefix), strict=False))

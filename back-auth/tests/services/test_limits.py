import pytest

from services.limits import by_address, by_mailbox, by_network
from shared.utils.errors import TooManyRequests


def test_ipv6_address_is_counted_by_its_network() -> None:
    assert by_address("2001:db8:1:2:3::4") == by_address("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert by_address("198.51.100.1") == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.1", "198.51.100.0/24"),
        ("198.51.100.254", "198.51.100.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_network(address: str, network: str) -> None:
    assert by_network(address) == network


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("victim@example.com", "victim@example.com"),
        ("victim+1@example.com", "victim@example.com"),
        ("Victim+a+b@Example.COM", "victim@example.com"),
        ("+1@example.com", "+1@example.com"),
        ("vic.tim@gmail.com", "vic.tim@gmail.com"),
        ("victim-1@example.com", "victim-1@example.com"),
    ],
)
def test_mailbox(email: str, mailbox: str) -> None:
    assert by_mailbox(email) == mailbox


@pytest.mark.parametrize(
    ("seconds", "wait"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")]
)
def test_refusal_says_in_how_many_minutes(seconds: int, wait: str) -> None:
    error = TooManyRequests.after(seconds, instead=", or from a device you have used before")
    assert error.detail == f"Too many attempts. Try again in {wait}, or from a device you have used before."
    assert error.headers == {"Retry-After": str(seconds)}

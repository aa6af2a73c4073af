from ipaddress import ip_network

import pytest
from starlette.requests import Request

from services.client_address import ClientAddress

TRUSTED = [ip_network("127.0.0.0/8"), ip_network("172.16.0.0/12"), ip_network("::1/128")]


def address(peer: str, forwarded: str | None = None, real_ip: str | None = None) -> str:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded is not None else []
    headers += [(b"x-real-ip", real_ip.encode())] if real_ip is not None else []
    return ClientAddress(TRUSTED).address_of(Request({"type": "http", "headers": headers, "client": (peer, 1)}))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("172.18.0.5", "198.51.100.1, 172.18.0.2", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.2, 127.0.0.1", "127.0.0.2"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense, 172.18.0.2", "172.18.0.2"),
        ("::1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_nearest_address_that_is_no_trusted_proxy(peer: str, forwarded: str | None, expected: str) -> None:
    assert address(peer, forwarded) == expected


def test_real_ip_counts_without_forwarded_for() -> None:
    assert address("127.0.0.1", real_ip="198.51.100.1") == "198.51.100.1"
    assert address("203.0.113.9", real_ip="198.51.100.1") == "203.0.113.9"


def test_unknown_peer_has_no_address() -> None:
    assert address("testclient") == ""

"""Which pages may connect, and whose cookie counts."""

import pytest
from origins import Front, Origins

PLAIN = Origins(
    ["http://localhost:8000", "http://localhost:4101", "http://localhost:4102"],
    ["http://admin.localhost:8000/", "http://localhost:4102"],
)
SECURE = Origins(["https://a.example", "http://localhost:4101"], ["https://admin.a.example", "http://localhost:4102"])


@pytest.mark.parametrize(
    ("origin", "host", "front"),
    [
        ("http://localhost:8000", "localhost:8000", Front.PUBLIC),
        ("http://localhost:4101", "localhost:8000", Front.PUBLIC),
        ("http://localhost:4102", "localhost:8000", Front.ADMIN),
        ("http://admin.localhost:8000", "admin.localhost:8000", Front.ADMIN),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", Front.PUBLIC),
        ("http://127.0.0.1:4101", "127.0.0.1:8000", Front.PUBLIC),
        ("http://127.0.0.1:4102", "127.0.0.1:8000", Front.ADMIN),
        ("http://[::1]:8000", "[::1]:8000", Front.PUBLIC),
        ("http://machine:8000", "machine:8000", Front.PUBLIC),
        ("http://localhost:9999", "localhost:9999", Front.PUBLIC),
        ("http://admin.machine:8000", "admin.machine:8000", Front.ADMIN),
        ("http://127.0.0.1:8000", "localhost:8000", None),
        ("http://localhost:9999", "localhost:8000", None),
        ("http://evil.example", "localhost:8000", None),
        ("http://localhost:8000.evil.example", "localhost:8000", None),
        ("http://localhost:8000@evil.example", "localhost:8000", None),
        ("https://localhost:8000", "localhost:8000", None),
        ("http://localhost:8000/path", "localhost:8000", None),
        ("http://localhost:port", "localhost:port", None),
        ("http://[", "[", None),
        ("null", "localhost:8000", None),
        ("", "", None),
    ],
)
def test_without_tls_every_name_of_the_machine_is_as_good(origin: str, host: str, front: Front | None) -> None:
    assert PLAIN.front(origin, host) == front


@pytest.mark.parametrize(
    ("origin", "front"),
    [
        ("https://a.example", Front.PUBLIC),
        ("https://admin.a.example", Front.ADMIN),
        ("http://a.example", None),
        ("http://localhost:4101", None),
        ("http://localhost:4102", None),
        ("https://b.example", None),
    ],
)
def test_with_tls_only_listed_origins_count(origin: str, front: Front | None) -> None:
    assert SECURE.front(origin, origin.partition("//")[2]) == front

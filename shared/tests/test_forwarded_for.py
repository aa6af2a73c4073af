import pytest
from starlette.requests import Request

from shared.chassis.headers import forwarded_for


@pytest.mark.parametrize(
    ("sent", "peer", "passed_on"),
    [
        ([], "127.0.0.1", "127.0.0.1"),
        (["198.51.100.1"], "127.0.0.1", "198.51.100.1, 127.0.0.1"),
        (["6.6.6.6, 198.51.100.1", "10.0.0.1"], "172.18.0.2", "6.6.6.6, 198.51.100.1, 10.0.0.1, 172.18.0.2"),
        (["198.51.100.1"], "", "198.51.100.1"),
    ],
)
def test_what_came_and_who_sent_it(sent: list[str], peer: str, passed_on: str) -> None:
    headers = [(b"x-forwarded-for", each.encode()) for each in sent]
    client = (peer, 1) if peer else None
    assert forwarded_for(Request({"type": "http", "headers": headers, "client": client})) == passed_on

"""The mail catcher shows the mails on its own page, and to no other page that a browser has open."""

import os
from urllib.parse import urlsplit

import httpx
import pytest

MAIL = os.environ.get("E2E_MAIL_URL", "")
PORT = urlsplit(MAIL).port
OTHERS = [
    "http://evil.example",
    "http://localhost:8000",
    f"http://127.0.0.1:{PORT}",
    f"https://localhost:{PORT}",
    "null",
    "",
]
PATHS = ["/", "/api/email", "/api/healthz", "/socket.io/?EIO=4&transport=polling"]


@pytest.mark.parametrize("path", PATHS)
def test_its_own_page_reads_them(path: str) -> None:
    for headers in ({"Accept": "text/html"}, {"Accept": "text/html", "Origin": MAIL}):
        answer = httpx.get(MAIL + path, headers=headers)
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("origin", OTHERS)
@pytest.mark.parametrize("path", PATHS)
def test_no_other_page_does(path: str, origin: str) -> None:
    for method in ("GET", "OPTIONS", "DELETE"):
        answer = httpx.request(method, MAIL + path, headers={"Origin": origin, "Access-Control-Request-Method": "GET"})
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "localhost.evil.example", "localhost@evil.example", ""]
)
def test_a_name_that_only_leads_here_is_foreign(host: str) -> None:
    """DNS rebinding: the page's own name has this machine's address now."""
    assert httpx.get(f"{MAIL}/api/email", headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize(("origin", "status"), [(MAIL, 101), ("http://evil.example", 403), (None, 101)])
def test_sockets_are_for_its_own_page(origin: str | None, status: int) -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    headers |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} | ({"Origin": origin} if origin else {})
    with httpx.stream("GET", f"{MAIL}/socket.io/?EIO=4&transport=websocket", headers=headers) as answer:
        assert answer.status_code == status

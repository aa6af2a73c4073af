"""What HTTP asks of every operation: HEAD as GET, nothing kept by caches, bodies of a size, compression as accepted."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shared.contracts.loader import contracts
from shared.utils.ids import new_id
from stack import settings
from tests.integration.conftest import PASSWORD, Person
from tooling.contracts import front_pages
from tooling.paths import ROOT

READS = sorted(
    {
        endpoint.path
        for contract in contracts()
        for endpoint in contract.endpoints
        if endpoint.key.startswith("GET /api/")
    }
)
PUBLIC = {"/api/plans", "/api/avatars/{avatar_id}"}
"""What is the same for everybody."""
QUERIES = {"/api/audit": "?from=2026-11-01T00:00:00Z&to=2026-11-01T01:00:00Z"}
"""Little work, so that a busy machine answers in time."""
PAGES = [*front_pages.addresses(ROOT, "front-public"), "/nothing"]
MANY_FIELDS = "a&" * 1_500_000


@pytest.fixture(scope="session")
def front_url() -> str:
    """front-public, past the gateway."""
    return f"http://127.0.0.1:{settings.load().ports['FRONT_PUBLIC']}"


@pytest.fixture(scope="module")
def visitor(public_url: str, credentials: tuple[str, str]) -> Iterator[httpx.Client]:
    """Somebody who is logged in at front-public, as a browser is."""
    email, password = credentials
    with httpx.Client(base_url=public_url, timeout=20, headers={"Origin": public_url}) as client:
        assert client.post("/login", data={"email": email, "password": password}).status_code == 302
        yield client


@pytest.fixture(scope="module")
def credentials(api: httpx.Client) -> tuple[str, str]:
    email = f"{new_id()}@example.com"
    assert api.post("/api/user-registration", json={"email": email, "password": PASSWORD}).status_code == 202
    return email, PASSWORD


def _path(template: str) -> str:
    return "/".join(new_id() if part.startswith("{") else part for part in template.split("/"))


@pytest.mark.parametrize("template", READS)
def test_head_is_get_without_the_body_and_says_what_may_be_kept(
    api: httpx.Client, admin: Person, template: str
) -> None:
    path = _path(template) + QUERIES.get(template, "")
    read, head = (api.request(method, path, headers=admin.headers) for method in ("GET", "HEAD"))

    assert (head.status_code, head.content) == (read.status_code, b"")
    for name in ("content-type", "etag", "cache-control"):
        assert head.headers.get(name) == read.headers.get(name), name
    if read.status_code < 400:
        assert head.headers.get("content-length") == read.headers.get("content-length")
    if template not in PUBLIC:
        kept = "private, no-cache" if "etag" in read.headers else "no-store"
        assert read.headers.get_list("cache-control") == [kept]


def test_head_asks_for_a_login_as_get_does(api: httpx.Client) -> None:
    assert api.head("/api/profile").status_code == 401


@pytest.mark.parametrize("suffix", ["", ".data"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_kept_by_a_cache(visitor: httpx.Client, page: str, suffix: str) -> None:
    path = "/_root.data" if page + suffix == "/.data" else page + suffix
    read = visitor.get(path)
    head = visitor.head(path)

    assert "no-store" in read.headers["cache-control"]
    assert head.status_code == read.status_code
    assert head.content == b""


def test_a_page_is_compressed_as_its_reader_accepts_it(api: httpx.Client) -> None:
    plain = api.get("/login", headers={"Accept-Encoding": "identity"})
    packed = api.get("/login", headers={"Accept-Encoding": "br;q=0, gzip"})

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    for answer in (plain, packed):
        assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/login", "/register", "/login.data", "/app/profile"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_form_that_is_too_large_is_refused_with_a_page(front_url: str, path: str, *, chunked: bool) -> None:
    """Past the gateway, which refuses it before."""
    headers = {"Origin": front_url, "Content-Type": "application/x-www-form-urlencoded"}
    body: Any = iter([MANY_FIELDS.encode()]) if chunked else MANY_FIELDS.encode()
    answer = httpx.post(front_url + path, content=body, headers=headers, timeout=20)

    assert answer.status_code == 413
    if not path.endswith(".data"):
        assert "A form may have at most 65 kB." in answer.text
        assert "text/html" in answer.headers["content-type"]


async def test_six_forms_of_3_mb_at_once_disturb_nobody(front_url: str) -> None:
    headers = {"Origin": front_url, "Content-Type": "application/x-www-form-urlencoded"}
    async with httpx.AsyncClient(base_url=front_url, timeout=20) as client:
        posts = [client.post("/login", content=MANY_FIELDS.encode(), headers=headers) for _ in range(6)]
        *refused, page = await asyncio.gather(*posts, client.get("/login"))

    assert [answer.status_code for answer in refused] == [413] * 6
    assert page.status_code == 200

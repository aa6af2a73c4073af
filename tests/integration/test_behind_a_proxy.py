"""Behind a proxy that ends TLS: a gateway, fronts and sockets with an https address, beside the running stack's other services."""

import json
import os
import re
import ssl
import subprocess
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from stack import settings, topology
from stack.gateway import upstream_addresses
from stack.native.privileges import die_with_parent
from stack.paths import ROOT
from stack.ports import free_ports
from tests import trial_gateway as trial
from tests.integration.conftest import PASSWORD, mail
from tests.services import answers
from tests.tls_proxy import ADDRESS, tls_proxy
from tests.waiting import eventually

__all__ = ["mail"]
ELSEWHERE = "127.0.0.5"
"""The address that a person comes from."""
FORGED = {"X-Forwarded-For": "198.51.100.66", "X-Real-IP": "198.51.100.66", "Forwarded": "for=198.51.100.66"}


@dataclass(frozen=True)
class Site:
    public: str
    admin: str
    gateway: str
    """The gateway's own address: the way around the proxy."""
    front: str
    trust: ssl.SSLContext

    @contextmanager
    def browser(self, base: str = "", host: str = "") -> Generator[httpx.Client]:
        """Someone at `base`, the public address by default; with the Host header `host`."""
        transport = httpx.HTTPTransport(verify=self.trust, local_address=ELSEWHERE)
        headers = {"Host": host} if host else {}
        with httpx.Client(base_url=base or self.public, transport=transport, headers=headers, timeout=60) as client:
            yield client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    names = ("BACK_GATEWAY", "BACK_GATEWAY_STATUS", "FRONT_PUBLIC", "FRONT_ADMIN", "BACK_WEBSOCKETS")
    tls, *ports = free_ports(len(names) + 1)
    own = {f"{name}_PORT": str(port) for name, port in zip(names, ports, strict=True)}
    urls = {"PUBLIC_URL": f"https://localhost:{tls}", "ADMIN_URL": f"https://admin.localhost:{tls}"}
    services = topology.load(settings.load({**os.environ, **own, **urls, "TRUSTED_PROXIES": ADDRESS}))
    prefix = tmp_path_factory.mktemp("gateway")
    with ExitStack() as stack:
        started = [services[name] for name in ("front-public", "front-admin", "back-websockets")]
        for service in started:
            stack.enter_context(running(service))
        for service in started:
            health = f"http://127.0.0.1:{service.environment['PORT']}/health"
            eventually(partial(answers, health), f"{service.name} answers", seconds=120)
        server = trial.launch(
            prefix, trial.KONG_FILE, upstream_addresses.from_environment(services["back-gateway"].environment)
        )
        stack.callback(server.wait, 10)
        stack.callback(server.terminate)
        proxy = tls_proxy(tmp_path_factory.mktemp("tls"), tls, ports[0], "localhost", "admin.localhost")
        trust = stack.enter_context(proxy)
        gateway, front = (f"http://localhost:{port}" for port in (ports[0], ports[2]))
        yield Site(urls["PUBLIC_URL"], urls["ADMIN_URL"], gateway, front, trust)


@contextmanager
def running(service: topology.Service) -> Generator[None]:
    """Not ready yet."""
    process = subprocess.Popen(
        service.command, cwd=ROOT, env=os.environ | service.environment, preexec_fn=die_with_parent
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def send(client: httpx.Client, path: str, fields: dict[str, str], origin: str, **headers: str) -> httpx.Response:
    """A form as a browser without JavaScript sends it from a page of `origin`."""
    return client.post(path, data=fields, headers={"Origin": origin, **headers})


def cookies(answer: httpx.Response) -> dict[str, str]:
    """The attributes of each cookie that the answer sets."""
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


@pytest.fixture
def member(site: Site) -> Iterator[tuple[httpx.Client, str]]:
    """Registered and logged in by forms; the browser and the address."""
    email = f"{uuid4().hex}@example.com"
    with site.browser() as browser:
        sent = send(browser, "/register", {"email": email, "name": "Ada", "password": PASSWORD}, site.public)
        assert (sent.status_code, "Check your inbox" in sent.text) == (200, True)
        entered = send(browser, "/login", {"email": email, "password": PASSWORD}, site.public, **FORGED)
        assert (entered.status_code, entered.headers["location"]) == (302, "/app")
        assert set(cookies(entered)) == {f"__Host-dashboard_{what}" for what in ("access", "refresh", "device")}
        assert all({"Secure", "HttpOnly", "Path=/"} <= set(line.split("; ")) for line in cookies(entered).values())
        yield browser, email


def test_a_profile_is_changed_by_a_form(site: Site, member: tuple[httpx.Client, str]) -> None:
    browser, _ = member
    fields = {"name": "Ada", "display_name": "", "bio": "", "time_zone": "UTC", "locale": "en", "theme": "dark"}
    created = send(browser, "/app/profile/create", fields, site.public)
    assert (created.status_code, created.headers.get("location", "")[:12]) == (302, "/app/profile")
    page = browser.get("/app/profile").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    saved = send(
        browser,
        "/app/profile",
        fields | {"intent": "save", "bio": "Behind a proxy", "version": version[1]},
        site.public,
    )
    assert (saved.status_code, saved.headers.get("location")) == (302, "/app/profile")
    assert "Behind a proxy" in browser.get("/app/profile").text


def test_the_address_is_the_persons_whatever_they_claim(member: tuple[httpx.Client, str]) -> None:
    browser, _ = member
    token = {"Authorization": f"Bearer {browser.cookies['__Host-dashboard_access']}"}

    def seen() -> list[str]:
        return [event["ip"] for event in browser.get("/api/auth/login-events", headers=token).json()["items"]]

    assert eventually(seen, "the login is listed") == [ELSEWHERE]


def test_every_answer_demands_tls_from_then_on(site: Site) -> None:
    with site.browser() as browser:
        for path in ("/", "/icon.svg", "/api/profile", "/internal/x"):
            assert browser.get(path).headers["strict-transport-security"] == "max-age=31536000"
    with site.browser(site.gateway) as around:
        claimed = around.get("/api/profile", headers={**FORGED, "X-Forwarded-Proto": "https"})
    assert "strict-transport-security" not in claimed.headers


def test_administrators_have_their_front_too(site: Site) -> None:
    accounts = json.loads(Path(os.environ["E2E_ACCOUNTS"]).read_text("utf-8"))
    account = next(account for account in accounts if account["role"] == "admin")
    fields = {"email": account["email"], "password": account["password"]}
    with site.browser(host=site.admin.partition("//")[2]) as browser:
        assert "Administration" in browser.get("/login").text
        entered = send(browser, "/login", fields, site.admin)
        assert entered.status_code == 302
        assert set(cookies(entered)) == {f"__Host-admin_{what}" for what in ("access", "refresh", "device")}
        assert browser.get("/users").status_code == 200
        assert send(browser, "/login", fields, site.public).status_code == 400


@pytest.mark.parametrize("origin", ["http://localhost", "https://evil.example", "null"])
def test_a_form_of_another_origin_is_refused(site: Site, origin: str) -> None:
    with site.browser() as browser:
        refused = send(browser, "/login", {"email": "a@example.com", "password": "b"}, origin)
    assert refused.status_code == 400


def live(site: Site, browser: httpx.Client, origin: str) -> int:
    """The code that ends a socket of a page at `origin`, with the browser's cookies; 0 when it stays open."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"{site.public.replace('http', 'ws', 1)}/ws/notifications"
    headers = {"Cookie": cookie}
    opening = connect(address, ssl=site.trust, origin=Origin(origin), additional_headers=headers, open_timeout=60)
    with opening as socket:
        try:
            alive = socket.ping()  # a refused one is closed before it can answer
            while not alive.is_set():
                with suppress(TimeoutError):
                    socket.recv(timeout=0.1)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        return 0


def test_live_updates_are_for_our_pages(site: Site, member: tuple[httpx.Client, str]) -> None:
    browser, _ = member
    assert live(site, browser, site.public) == 0
    assert live(site, browser, site.admin) == 4401
    for origin in (site.public.replace("https", "http"), "https://evil.example", site.front):
        assert live(site, browser, origin) == 4403


@pytest.mark.parametrize("path", ["/", "/login?next=%2Fapp", "/app/profile"])
def test_around_the_proxy_is_the_way_to_the_public_address(site: Site, path: str) -> None:
    for base in (site.gateway, site.front, site.gateway.replace("localhost", "127.0.0.1")):
        with site.browser(base) as browser:
            for claims in ({}, {**FORGED, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}):
                if claims and base == site.front:
                    continue  # whoever reaches a front itself is on this machine, and is the gateway to it
                answer = browser.get(path, headers=claims)
                assert (answer.status_code, answer.headers["location"]) == (308, site.public + path)


def test_around_the_proxy_a_claimed_address_is_not_believed(site: Site) -> None:
    email = f"{uuid4().hex}@example.com"
    body = {"email": email, "password": PASSWORD}
    with site.browser(site.gateway) as around:
        assert around.post("/api/user-registration", json=body).status_code == 202
        entered = around.post("/api/auth/login", json=body, headers=FORGED)
        token = {"Authorization": f"Bearer {entered.json()['access_token']}"}

        def seen() -> list[str]:
            return [one["ip"] for one in around.get("/api/auth/login-events", headers=token).json()["items"]]

        assert eventually(seen, "the login is listed") == [ELSEWHERE]

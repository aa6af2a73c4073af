"""X-Forwarded-* count from TRUSTED_PROXIES alone, and the address is the right-most that is not one of them."""

from collections.abc import Iterator

import aiohttp
import pytest

from stack.gateway.config_reader import UnsupportedKongConfig
from stack.gateway.upstream_addresses import from_environment
from tests import trial_gateway as trial
from tests.trial_gateway import Trial

PROXY = "127.0.0.9"
OUTER = "127.0.1.1"
STRANGER = "127.0.0.5"
CLAIMS = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.example:8443", "X-Forwarded-Port": "8443"}
NAMES = ("X-Forwarded-For", "X-Real-IP", *CLAIMS)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    trusted = from_environment({"TRUSTED_PROXIES": f"{PROXY}, 127.0.1.0/24, fd00::/8"}).trusted_proxies
    running = trial.start(tmp_path_factory.mktemp("behind"), trusted_proxies=trusted, rate_limit_scale=0.025)
    yield running
    running.stop()


async def seen(gateway: Trial, peer: str, forwarded: str, path: str = "/app") -> tuple[dict[str, str], str]:
    """The headers that a service gets of a request from `peer`, and the HSTS header of the answer."""
    connector = aiohttp.TCPConnector(local_addr=(peer, 0))
    async with aiohttp.ClientSession(connector=connector) as client:
        headers = {"Host": "inner", "X-Real-IP": "6.6.6.6", **CLAIMS} | (
            {"X-Forwarded-For": forwarded} if forwarded else {}
        )
        async with client.get(gateway.url + path, headers=headers) as answer:
            got = (await answer.json())["headers"]
            return {name: got[name] for name in NAMES}, answer.headers.get("Strict-Transport-Security", "")


@pytest.mark.integration
@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (f"6.6.6.6, 198.51.100.7, {OUTER}", "198.51.100.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", PROXY),
        ("nonsense", PROXY),
    ],
)
async def test_a_trusted_proxy_is_believed(behind: Trial, forwarded: str, address: str) -> None:
    headers, security = await seen(behind, PROXY, forwarded)
    assert headers == {**CLAIMS, "X-Forwarded-For": address, "X-Real-IP": address}
    assert security == "max-age=31536000"


@pytest.mark.integration
async def test_nobody_else_is(behind: Trial) -> None:
    headers, security = await seen(behind, STRANGER, f"6.6.6.6, {PROXY}")
    own = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "inner", "X-Forwarded-Port": str(behind.places.port)}
    assert headers == {**own, "X-Forwarded-For": STRANGER, "X-Real-IP": STRANGER}
    assert security == ""


@pytest.mark.integration
async def test_limits_count_by_the_persons_address(behind: Trial) -> None:
    connector = aiohttp.TCPConnector(local_addr=(PROXY, 0))
    async with aiohttp.ClientSession(connector=connector) as client:

        async def login(person: str) -> int:
            async with client.post(f"{behind.url}/api/auth/login", headers={"X-Forwarded-For": person}) as answer:
                return int(answer.headers["RateLimit-Remaining"])

        assert await login("198.51.100.1") == 2
        assert await login("198.51.100.2") == 2
        assert await login("6.6.6.6, 198.51.100.2") == 1


@pytest.mark.parametrize("wrong", ["everybody", "10.0.0.0/33", "10.0.0.0/8;", "private"])
def test_a_wrong_setting_is_named(wrong: str) -> None:
    with pytest.raises(UnsupportedKongConfig, match="TRUSTED_PROXIES must be a list of addresses and CIDRs"):
        from_environment({"TRUSTED_PROXIES": wrong})

"""The Kong file's Lua, run in LuaJIT with a small stand-in for Kong, against its counterpart in nginx."""

import json
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
import pytest
import yaml
from lupa.luajit21 import LuaRuntime
from yarl import URL

from tests.trial_gateway import KONG_FILE, Trial, raw

Headers = dict[str, str]


@dataclass
class Kong:
    """What the chunks use of Kong's plugin development kit."""

    request: dict[str, Any] = field(default_factory=dict[str, Any])
    response: Headers = field(default_factory=dict[str, str])
    status: int = 200
    source: str = "exit"
    path: str = "/"
    service: str | None = None
    scheme: str = "http"
    body: str | None = None
    shared: dict[str, Any] = field(default_factory=dict[str, Any])

    def run(self, phase: str) -> "Kong":
        runtime: Any = LuaRuntime()
        runtime.globals().kong = runtime.table_from(self.kit(runtime), recursive=True)
        for chunk in chunks()[phase]:
            runtime.execute(chunk)
        self.shared = dict(runtime.globals().kong.ctx.shared)
        return self

    def kit(self, runtime: Any) -> dict[str, Any]:
        service = runtime.table_from({"name": self.service}) if self.service else None
        return {
            "request": {
                "get_headers": partial(self.sent, runtime),
                "get_path": lambda: self.path,
                "get_forwarded_scheme": lambda: self.scheme,
            },
            "router": {"get_service": lambda: service},
            "service": {
                "request": {"set_header": self.set_request_header, "clear_header": partial(clear, self.request)}
            },
            "response": {
                "get_status": lambda: self.status,
                "get_source": lambda: self.source,
                "get_header": self.response.get,
                "set_header": self.response.__setitem__,
                "clear_header": partial(clear, self.response),
                "get_raw_body": lambda: self.body,
                "set_raw_body": self.set_raw_body,
            },
            "ctx": {"shared": self.shared},
        }

    def sent(self, runtime: Any, _most: int) -> Any:
        return runtime.table_from({name.lower(): value for name, value in self.request.items()}, recursive=True)

    def set_request_header(self, name: str, value: str) -> None:
        self.request[name] = value

    def set_raw_body(self, body: str) -> None:
        self.body = body


def clear(headers: dict[str, Any], name: str) -> None:
    headers.pop(name, None)


def chunks() -> dict[str, list[str]]:
    plugins: list[dict[str, Any]] = yaml.safe_load(KONG_FILE.read_text("utf-8"))["plugins"]
    return next(plugin["config"] for plugin in plugins if plugin["name"] == "pre-function")


@pytest.mark.parametrize("sent", ["order-66.retry_2", "a" * 64, "12345678"])
def test_a_well_formed_id_stays(sent: str) -> None:
    assert Kong(request={"X-Correlation-ID": sent}).run("rewrite").request == {"X-Correlation-ID": sent}


@pytest.mark.parametrize("sent", ["short", "a" * 65, "-starts-with-dash", "has blank inside", "line\nbreak1", ""])
def test_a_malformed_id_goes(sent: str) -> None:
    assert Kong(request={"X-Correlation-ID": sent}).run("rewrite").request == {"X-Correlation-Origin": "gateway"}


def test_two_ids_are_none() -> None:
    assert Kong(request={"X-Correlation-ID": ["first-of-two", "second-of-two"]}).run("rewrite").request == {
        "X-Correlation-Origin": "gateway"
    }


def test_a_client_does_not_say_its_own_address() -> None:
    """Kong makes the header anew of the address that it found: the client's, or what a trusted proxy said (trusted_ips)."""
    assert "X-Forwarded-For" not in Kong(request={"X-Forwarded-For": "1.2.3.4"}).run("rewrite").request


@pytest.mark.parametrize("status", [200, 404])
def test_tls_in_front_is_remembered(status: int) -> None:
    header = "Strict-Transport-Security"
    assert Kong(status=status, scheme="https").run("header_filter").response[header] == "max-age=31536000"
    assert header not in Kong(status=status).run("header_filter").response


@pytest.mark.parametrize(("status", "source"), [(200, "exit"), (404, "service"), (503, "service"), (302, "error")])
def test_other_answers_stay_as_they_are(status: int, source: str) -> None:
    kong = (
        Kong(status=status, source=source, response={"Content-Type": "text/plain"})
        .run("header_filter")
        .run("body_filter")
    )
    assert (kong.response, kong.body) == ({"Content-Type": "text/plain"}, None)


def test_a_page_says_what_to_do_and_the_correlation_id() -> None:
    page = KONG_FILE.with_name("error.html").read_text("utf-8")
    sent = {"Content-Type": "text/html; charset=utf-8", "X-Correlation-ID": "seen-in-a-browser", "Content-Length": "9"}
    kong = Kong(status=502, source="error", response=sent, body=page % ("An invalid response", "an-id-of-kong"))
    kong.run("header_filter").run("body_filter")
    assert (kong.response["Content-Type"], kong.response["Retry-After"]) == ("text/html; charset=utf-8", "2")
    assert "Content-Length" not in kong.response
    assert kong.body == page % ("Try again in a moment.", "seen-in-a-browser")


def test_too_many_connections_learn_when_to_come_back() -> None:
    assert Kong(status=429).run("header_filter").response["Retry-After"] == "2"
    assert Kong(status=429, response={"Retry-After": "40"}).run("header_filter").response["Retry-After"] == "40"


@pytest.mark.parametrize("status", [400, 404, 405, 411, 413, 414, 417, 429, 494, 500, 501, 502, 503, 504])
def test_every_error_is_a_problem(status: int) -> None:
    sent = {"Content-Type": "application/json", "Content-Length": "9", "X-Correlation-ID": "an-error-in-kong"}
    kong = Kong(status=status, source="error", response=sent, path='/a b"c/%2F', service="back-api")
    kong.run("header_filter").run("body_filter")
    problem = json.loads(kong.body or "")
    assert kong.response["Content-Type"] == "application/problem+json"
    assert "Content-Length" not in kong.response
    assert ("Retry-After" in kong.response) == (status in (429, 502, 503, 504))
    assert (problem["status"], problem["correlation_id"]) == (status, "an-error-in-kong")
    assert problem["instance"] == "/a%20b%22c/%2F"
    assert problem.get("dependency") == ("back-api" if status in (502, 503, 504) else None)


@pytest.mark.integration
@pytest.mark.parametrize(
    ("status", "path", "service"),
    [
        (404, "/internal/a~b%20c", None),
        (405, "/api/x", None),
        (413, "/api/profile", "back-api"),
        (502, "/api/profile", "back-api"),
    ],
)
async def test_both_engines_answer_the_same(
    strict: Trial, client: aiohttp.ClientSession, status: int, path: str, service: str | None
) -> None:
    strict.echoes["back-api"].stop()
    if status == 405:
        answer = await raw(
            strict, b"TRACE /api/x HTTP/1.1\r\nHost: a\r\nX-Correlation-ID: both-engines\r\nConnection: close\r\n\r\n"
        )
        problem = json.loads(answer.partition(b"\r\n\r\n")[2])
    else:
        body = b"x" * 5_000_000 if status == 413 else b""
        url = URL(strict.url + path, encoded=True)
        async with client.put(url, data=body, headers={"X-Correlation-ID": "both-engines"}) as response:
            problem = await response.json()
    kong = Kong(
        status=status, source="error", response={"X-Correlation-ID": "both-engines"}, path=path, service=service
    )
    kong.run("header_filter").run("body_filter")
    assert problem == json.loads(kong.body or "")
    strict.echoes["back-api"].start()

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

from stack.gateway.trial import KONG_FILE, Trial, raw

Headers = dict[str, str]


@dataclass
class Kong:
    """What the chunks use of Kong's plugin development kit."""

    request: Headers = field(default_factory=dict[str, str])
    response: Headers = field(default_factory=dict[str, str])
    status: int = 200
    source: str = "exit"
    path: str = "/"
    service: str | None = None
    trusted: bool = False
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
            "request": {"get_header": self.request.get, "get_path": lambda: self.path},
            "client": {"get_ip": lambda: "10.0.0.1"},
            "ip": {"is_trusted": self.is_trusted},
            "router": {"get_service": lambda: service},
            "service": {
                "request": {
                    "clear_header": partial(clear, self.request),
                    "set_header": self.request.__setitem__,
                }
            },
            "response": {
                "get_status": lambda: self.status,
                "get_source": lambda: self.source,
                "get_header": self.response.get,
                "set_header": self.response.__setitem__,
                "clear_header": partial(clear, self.response),
                "set_raw_body": self.set_raw_body,
            },
            "ctx": {"shared": self.shared},
        }

    def is_trusted(self, _: str) -> bool:
        return self.trusted

    def set_raw_body(self, body: str) -> None:
        self.body = body


def clear(headers: Headers, name: str) -> None:
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


def test_forwarded_addresses_are_believed_from_trusted_peers_only() -> None:
    sent = {"X-Forwarded-For": "1.2.3.4"}
    assert "X-Forwarded-For" not in Kong(request=dict(sent)).run("rewrite").request
    assert Kong(request=dict(sent), trusted=True).run("rewrite").request["X-Forwarded-For"] == "1.2.3.4"


@pytest.mark.parametrize(("status", "source"), [(200, "exit"), (404, "service"), (503, "service"), (302, "error")])
def test_other_answers_stay_as_they_are(status: int, source: str) -> None:
    kong = (
        Kong(status=status, source=source, response={"Content-Type": "text/plain"})
        .run("header_filter")
        .run("body_filter")
    )
    assert (kong.response, kong.body) == ({"Content-Type": "text/plain"}, None)


def test_a_page_stays_a_page() -> None:
    kong = Kong(status=502, source="error", response={"Content-Type": "text/html; charset=utf-8"})
    kong.run("header_filter").run("body_filter")
    assert (kong.response["Content-Type"], kong.response["Retry-After"], kong.body) == (
        "text/html; charset=utf-8",
        "2",
        None,
    )


@pytest.mark.parametrize("status", [400, 404, 405, 411, 413, 414, 417, 429, 494, 500, 501, 502, 503, 504])
def test_every_error_is_a_problem(status: int) -> None:
    sent = {"Content-Type": "application/json", "Content-Length": "9", "X-Correlation-ID": "an-error-in-kong"}
    kong = Kong(status=status, source="error", response=sent, path='/a b"c/%2F', service="back-api")
    kong.run("header_filter").run("body_filter")
    problem = json.loads(kong.body or "")
    assert kong.response["Content-Type"] == "application/problem+json"
    assert "Content-Length" not in kong.response
    assert ("Retry-After" in kong.response) == (status in (502, 503, 504))
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

"""What the renderer cannot render it refuses with one sentence: file, place in it, and what stands there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from stack.gateway import kong
from stack.gateway.config_reader import UnsupportedKongConfig
from stack.gateway.render import configuration
from stack.gateway.upstream_addresses import UpstreamAddresses, from_environment
from tests.trial_gateway import KONG_FILE

Document = dict[str, Any]
Change = Callable[[Document], None]


def put(path: str, value: object) -> Change:
    """Sets `services.0.routes.1.name` and the like; a number at the end inserts."""

    def change(document: Document) -> None:
        *parents, last = path.split(".")
        place: Any = document
        for part in parents:
            place = place[int(part)] if part.isdigit() else place[part]
        if last.isdigit():
            place.insert(int(last), value)
        else:
            place[last] = value

    return change


def plugin(name: str, at: str = "plugins.0", **config: object) -> Change:
    return put(at, {"name": name, "config": config})


def global_plugin(name: str, **config: object) -> Change:
    def change(document: Document) -> None:
        found = next(item for item in document["plugins"] if item["name"] == name)
        found["config"] = {**found["config"], **config}

    return change


REFUSALS: list[tuple[Change, str]] = [
    (put("_format_version", "1.1"), "_format_version: only '3.0' can be rendered"),
    (put("consumers", []), "consumers: this field cannot be rendered"),
    (put("certificates", []), "certificates: this field cannot be rendered"),
    (put("services.0.protocol", "https"), "services[0].protocol: 'https' cannot be rendered, only 'http'"),
    (put("services.0.path", "/base"), "services[0].path: this field cannot be rendered"),
    (put("services.0.url", "http://x"), "services[0].url: this field cannot be rendered"),
    (put("services.0.enabled", False), "services[0].enabled: False cannot be rendered, only True"),
    (put("services.0.tls_verify", True), "services[0].tls_verify: this field cannot be rendered"),
    (put("services.0.host", "elsewhere"), "services[0].host: 'elsewhere' is not the name of an upstream in this file"),
    (put("services.0.connect_timeout", "2s"), "services[0].connect_timeout: must be a int, is '2s'"),
    (put("services.0.retries", True), "services[0].retries: must be a int, is True"),
    (put("services.0.name", "Back API"), "services[0].name: 'Back API' cannot be rendered"),
    (put("services.0.routes.0.strip_path", True), "services[0].routes[0].strip_path: must be false"),
    (put("services.0.routes.0.headers", {"x": ["y"]}), "services[0].routes[0].headers: this field cannot be rendered"),
    (put("services.0.routes.0.snis", ["a"]), "services[0].routes[0].snis: this field cannot be rendered"),
    (put("services.0.routes.0.protocols", ["grpc"]), "services[0].routes[0].protocols: this field cannot be rendered"),
    (put("services.0.routes.0.expression", "x"), "services[0].routes[0].expression: this field cannot be rendered"),
    (
        put("services.0.routes.0.hosts", ["*.localhost"]),
        "services[0].routes[0].hosts[0]: '*.localhost' cannot be rendered",
    ),
    (put("services.0.routes.0.paths", ["api"]), "services[0].routes[0].paths[0]: 'api' cannot be rendered"),
    (put("services.0.routes.0.paths", ['/a"; return 200;']), "services[0].routes[0].paths[0]: "),
    (put("services.0.routes.0.paths", "/api"), "services[0].routes[0].paths: must be a list, is '/api'"),
    (put("services.0.routes.0.name", "login"), "routes: the name 'login' is used twice"),
    (
        put("services.0.routes.0", {"name": "all", "strip_path": False}),
        "services[0].routes[0]: needs hosts, methods or paths",
    ),
    (put("services.0.routes.0", "all"), "services[0].routes[0]: must be a mapping, is 'all'"),
    (
        put("routes.0", {"name": "free", "paths": ["/x"]}),
        "routes[0]: a route without a service can be rendered only with",
    ),
    (put("upstreams.0.healthchecks", {}), "upstreams[0].healthchecks: this field cannot be rendered"),
    (
        put("upstreams.0.algorithm", "least-connections"),
        "upstreams[0].algorithm: 'least-connections' cannot be rendered",
    ),
    (put("upstreams.0.hash_on", "ip"), "upstreams[0].hash_on: this field cannot be rendered"),
    (put("upstreams.0.targets", []), "upstreams[0].targets: needs at least one target"),
    (
        put("upstreams.0.targets.0", {"target": "back-auth"}),
        "upstreams[0].targets[0].target: 'back-auth' cannot be rendered",
    ),
    (plugin("jwt"), "plugins[0].name: the plugin 'jwt' cannot be rendered"),
    (
        plugin("ip-restriction", "services.0.plugins.0"),
        "services[0].plugins[0].name: the plugin 'ip-restriction' cannot be",
    ),
    (
        plugin("prometheus", "services.0.plugins.0"),
        "services[0].plugins[0].name: the plugin 'prometheus' can be rendered at",
    ),
    (plugin("prometheus", "plugins.0", status_code_metrics=True), "plugins[0].config.latency_metrics: must be true"),
    (put("plugins.0.enabled", False), "plugins[0].enabled: False cannot be rendered, only True"),
    (put("plugins.0.service", "back-api"), "plugins[0].service: this field cannot be rendered"),
    (
        put("plugins.0.config.generator", "tracker"),
        "plugins[0].config.generator: 'tracker' cannot be rendered, only 'uuid'",
    ),
    (put("plugins.0.config.echo_downstream", False), "plugins[0].config.echo_downstream: must be true"),
    (global_plugin("rate-limiting", policy="redis"), "config.policy: 'redis' cannot be rendered, only 'local'"),
    (global_plugin("rate-limiting", limit_by="consumer"), "config.limit_by: must be 'ip'"),
    (global_plugin("rate-limiting", minute=0), "config.minute: must be above 0, is 0"),
    (global_plugin("rate-limiting", minute=1.5), "config.minute: must be a int, is 1.5"),
    (global_plugin("rate-limiting", month=1), "config.month: this field cannot be rendered"),
    (global_plugin("rate-limiting", error_code=503), "config.error_code: 503 cannot be rendered, only 429"),
    (global_plugin("request-size-limiting", size_unit="gigabytes"), "config.size_unit: 'gigabytes' cannot be rendered"),
    (global_plugin("request-size-limiting", require_content_length=True), "config.require_content_length: True cannot"),
    (global_plugin("request-transformer", add={"headers": ["a:b"]}), "config.add: this field cannot be rendered"),
    (global_plugin("request-transformer", remove={"body": ["a"]}), "config.remove.body: this field cannot be rendered"),
    (
        global_plugin("response-transformer", add={"headers": ["X-A"]}),
        "config.add.headers[0]: 'X-A' cannot be rendered",
    ),
    (global_plugin("response-transformer", add={"headers": ['X-A:"$x']}), "config.add.headers[0]: "),
    (global_plugin("response-transformer", add={"json": ["a:b"]}), "config.add.json: this field cannot be rendered"),
    (global_plugin("response-transformer", append={}), "config.append: this field cannot be rendered"),
    (global_plugin("pre-function", access=["return"]), "config.access: this field cannot be rendered"),
    (
        global_plugin("pre-function", rewrite=["return"]),
        "config.rewrite[0]: this Lua has no counterpart in nginx (sha256 ",
    ),
    (global_plugin("pre-function", rewrite=[]), "plugins: correlation-id and the pre-function are needed"),
    (
        put("services.0.plugins.0.config.origins", ["*"]),
        "services[0].plugins[0].config.origins[0]: '*' cannot be rendered",
    ),
    (
        put("services.0.plugins.0.config.origins", []),
        "services[0].plugins[0].config.origins: any origin at all cannot be",
    ),
    (
        put("services.0.plugins.0.config.private_network", True),
        "services[0].plugins[0].config.private_network: True cannot",
    ),
    (put("services.0.plugins.0.config.headers", ["a b"]), "services[0].plugins[0].config.headers[0]: 'a b' cannot be"),
    (
        put("services.0.plugins.1", {"name": "cors", "config": {"origins": ["http://a"]}}),
        "the plugin 'cors' stands here twice",
    ),
    (
        put("routes.0.plugins.0.config.status_code", 200),
        "routes[0].plugins[0].config.status_code: 200 cannot be rendered",
    ),
    (put("routes.0.plugins.0.config.body", "x"), "routes[0].plugins[0].config.body: this field cannot be rendered"),
]


@pytest.mark.parametrize(("change", "words"), REFUSALS, ids=[words[:70] for _, words in REFUSALS])
def test_it_is_refused_by_name(tmp_path: Path, change: Change, words: str) -> None:
    document: Document = yaml.safe_load(KONG_FILE.read_text("utf-8"))
    change(document)
    source = tmp_path / "kong.yml"
    source.write_text(yaml.dump(document), "utf-8")
    with pytest.raises(UnsupportedKongConfig) as refused:
        configuration(kong.read(source), source, UpstreamAddresses(resolvers=["127.0.0.1"]), "off")
    sentence = str(refused.value)
    assert sentence.startswith(f"{source}: ")
    assert words in sentence
    assert sentence.count("\n") == 0


@pytest.mark.parametrize(
    ("text", "words"), [("a: [", "is not YAML"), ("- a", "must be a mapping"), (None, "cannot be read")]
)
def test_a_file_that_is_none(tmp_path: Path, text: str | None, words: str) -> None:
    source = tmp_path / "kong.yml"
    if text is not None:
        source.write_text(text, "utf-8")
    with pytest.raises(UnsupportedKongConfig, match=words):
        kong.read(source)


def test_host_names_need_a_name_server() -> None:
    with pytest.raises(UnsupportedKongConfig, match="has no name server"):
        configuration(kong.read(KONG_FILE), KONG_FILE, UpstreamAddresses(), "off")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PORT": "80a"}, "PORT must be a number from 1 to 65535, is '80a'."),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535, is '70000'."),
        (
            {"BACK_GATEWAY_RATE_LIMIT_SCALE": "0"},
            "BACK_GATEWAY_RATE_LIMIT_SCALE must be a factor above 0 and below 1,000,000, is '0'.",
        ),
        (
            {"BACK_GATEWAY_RATE_LIMIT_SCALE": "many"},
            "BACK_GATEWAY_RATE_LIMIT_SCALE must be a factor above 0 and below 1,000,000, is 'many'.",
        ),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], words: str) -> None:
    with pytest.raises(UnsupportedKongConfig) as refused:
        from_environment(environment)
    assert str(refused.value) == words

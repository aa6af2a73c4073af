"""kong.conf, http.conf, start.sh and compose hold what was found behind the real Kong 3.9.1: one test a finding."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from stack.errors import StackError
from stack.gateway import kong, process
from stack.gateway.render import configuration
from stack.gateway.upstream_addresses import from_environment
from stack.settings import COMPOSE
from tests.trial_gateway import KONG_FILE

HERE = KONG_FILE.parent
Document = dict[str, Any]


@pytest.fixture(scope="module")
def settings() -> dict[str, str]:
    lines = (HERE / "kong.conf").read_text("utf-8").splitlines()
    return dict(line.split(" = ", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def document() -> Document:
    return yaml.safe_load(KONG_FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def http_conf() -> str:
    return (HERE / "http.conf").read_text("utf-8")


@pytest.fixture(scope="module")
def service() -> Document:
    return yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["back-gateway"]


def rendered(folder: Path, **environment: str) -> Document:
    """kong.yml as start.sh writes it for Kong."""
    script = ["sh", str(HERE / "start.sh"), "render", str(folder)]
    done = subprocess.run(
        script, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StackError(done.stderr.strip())
    return yaml.safe_load((folder / "kong.yml").read_text("utf-8"))


def test_it_points_to_files_that_are_mounted(settings: dict[str, str], service: Document) -> None:
    mounted = {volume.split(":")[1]: volume.split(":")[0] for volume in service["volumes"]}
    named = [settings[name] for name in ("declarative_config", "error_template_html", "nginx_http_include")]
    assert {*named, "/etc/kong/kong.conf", "/etc/kong/start.sh"} == mounted.keys()
    assert all((COMPOSE.parent / source).is_file() for source in mounted.values())
    assert (HERE / "error.html").read_text("utf-8").count("%") == 2
    assert settings["database"] == "off"


def test_a_plain_host_does_not_outrank_methods_and_paths(settings: dict[str, str]) -> None:
    assert settings["router_flavor"] == "traditional"


def test_no_header_of_a_client_is_cached_before_it_is_cleared(settings: dict[str, str]) -> None:
    assert settings["request_debug"] == "off"


def test_addresses_are_found_from_the_right(settings: dict[str, str]) -> None:
    assert (settings["real_ip_header"], settings["real_ip_recursive"]) == ("X-Forwarded-For", "on")
    assert "trusted_ips" not in settings


def test_nothing_is_sent_again_but_a_handshake(document: Document) -> None:
    retries = {one["name"]: one["retries"] for one in document["services"] if one["retries"]}
    assert retries == {"back-websockets": 1}


def test_a_body_is_bounded_before_a_plugin_reads_it(settings: dict[str, str], document: Document) -> None:
    largest = max(limit(owner) for owner in owners(document))
    assert (
        largest <= int(settings["nginx_http_client_max_body_size"].removesuffix("m")) * 1024 * 1024 <= 8 * 1024 * 1024
    )


def owners(document: Document) -> list[Document]:
    services: list[Document] = document["services"]
    return [document, *services, *document["routes"], *(route for one in services for route in one["routes"])]


def limit(owner: Document) -> int:
    """Bytes that the owner's request-size-limiting lets pass; 0 without one."""
    units = {"bytes": 1, "kilobytes": 1024, "megabytes": 1024 * 1024}
    found = [one["config"] for one in owner.get("plugins", []) if one["name"] == "request-size-limiting"]
    return max((one["allowed_payload_size"] * units[one["size_unit"]] for one in found), default=0)


def test_a_broken_file_is_named_before_the_start(service: Document) -> None:
    assert service["command"] == ["sh", "/etc/kong/start.sh"]
    lines = (HERE / "start.sh").read_text("utf-8").splitlines()
    assert lines.index('kong config parse "$KONG_DECLARATIVE_CONFIG"') < lines.index('kong prepare -p "$KONG_PREFIX"')


def test_kong_gets_no_setting_that_it_does_not_read(service: Document) -> None:
    script = (HERE / "start.sh").read_text("utf-8")
    assert [name for name in service["environment"] if f"${{{name}:-" not in script and f"${name}" not in script] == []


def test_the_environment_is_written_into_the_files(tmp_path: Path) -> None:
    urls = {"PUBLIC_URL": "https://a.example/", "ADMIN_URL": "https://console.a.example:8443"}
    document = rendered(
        tmp_path, **urls, ALLOWED_ORIGINS="https://a.example, http://b:1", BACK_GATEWAY_RATE_LIMIT_SCALE="2.5"
    )
    cors = document["services"][0]["plugins"][0]["config"]
    assert cors["origins"] == ["https://a.example", "https://console.a.example:8443", "http://b:1"]
    assert document["services"][4]["routes"][0]["hosts"] == ["console.a.example"]
    limits = [
        one["config"]["minute"]
        for owner in owners(document)
        for one in owner.get("plugins", [])
        if one["name"] == "rate-limiting"
    ]
    assert {150_000, 300} == set(limits)
    assert "limit_conn large_bodies 40;" in (tmp_path / "http.conf").read_text("utf-8")


def test_without_settings_the_files_are_as_they_are(tmp_path: Path) -> None:
    rendered(tmp_path)
    for name in ("kong.yml", "http.conf"):
        assert (tmp_path / name).read_text("utf-8") == (HERE / name).read_text("utf-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"BACK_GATEWAY_RATE_LIMIT_SCALE": "0"},
        {"BACK_GATEWAY_RATE_LIMIT_SCALE": "1000000"},
        {"BACK_GATEWAY_RATE_LIMIT_SCALE": "many"},
        {"ALLOWED_ORIGINS": "http://a], evil: [b"},
        {"PUBLIC_URL": "a.example"},
        {"ALLOWED_ORIGINS": "*"},
    ],
)
def test_both_engines_refuse_a_wrong_setting(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(StackError, match="must be"):
        from_environment(environment)
    with pytest.raises(StackError, match="must be"):
        rendered(tmp_path, **environment)


def test_the_log_names_what_was_asked_for(settings: dict[str, str], http_conf: str) -> None:
    """`$uri` is /kong_error_handler once nginx itself has answered."""
    assert settings["proxy_access_log"].endswith(" gateway")
    assert '"path":"$request_path"' in http_conf
    assert "$uri" not in http_conf + str(settings)


def test_nginx_reads_the_included_file(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    text = f"pid nginx.pid; events {{}} http {{ access_log off; include {HERE}/http.conf; }}"
    (tmp_path / "conf/nginx.conf").write_text(text, "utf-8")
    process.check(tmp_path)


def test_no_answer_is_a_page_of_nginx(settings: dict[str, str]) -> None:
    handled = {
        400,
        404,
        405,
        408,
        411,
        412,
        413,
        414,
        417,
        494,
        500,
        502,
        503,
        504,
    }  # Kong's own, templates/nginx_kong.lua
    *own, handler = settings["nginx_proxy_error_page"].split()
    assert handler == "/kong_error_handler"
    assert {403, 415, 416, 421, 429, 501, 505} == {int(status) for status in own} - handled


def test_both_engines_bound_what_a_client_holds(settings: dict[str, str], http_conf: str) -> None:
    nginx = configuration(kong.read(KONG_FILE), KONG_FILE, from_environment({}), "off")
    for name in (
        "client_header_timeout",
        "client_body_timeout",
        "send_timeout",
        "reset_timedout_connection",
        "client_body_buffer_size",
    ):
        assert f" {name} {settings[f'nginx_http_{name}']};" in nginx
    for line in http_conf.splitlines():
        if re.match(r"(limit_conn|map \"\$http_tr| +\"~)", line) and "request_path" not in line and "?" not in line:
            assert line.strip() in nginx

"""docker-compose.yml is read as compose reads it, and moved by settings."""

import socket

import pytest
import yaml

from stack import replicas, settings, topology
from stack.engines import ports
from stack.errors import StackError
from stack.interpolation import default_ports, interpolate

from .sample_programs import after, graph, toy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A}", "1"),
        ("$A-x", "1-x"),
        ("${B:-two}", "two"),
        ("${EMPTY:-full}", "full"),
        ("${EMPTY-full}", ""),
        ("${B}", ""),
        ("$${A}", "${A}"),
        ("http://${HOST:-back-api}:${PORT:-8100}/x", "http://back-api:8100/x"),
    ],
)
def test_interpolation_is_composes_own(text: str, expected: str):
    assert interpolate({"key": [text]}, {"A": "1", "EMPTY": ""}) == {"key": [expected]}


def test_a_required_variable_is_asked_for():
    with pytest.raises(StackError, match="Setting TOKEN is missing: ask the lead"):
        interpolate("${TOKEN:?ask the lead}", {})


def test_a_published_port_wins_over_the_one_inside():
    assert default_ports("${POSTGRES_PORT:-5432} ${POSTGRES_PUBLISHED_PORT:-8132}") == {"POSTGRES": 8132}


def test_every_service_of_the_file_can_run_as_a_process_and_has_a_place_in_the_graph():
    services = topology.load(settings.load({}))
    assert sum(map(len, topology.order(services))) == len(services)
    assert services["back-api"].environment["BACK_AUTH_URL"] == "http://127.0.0.1:8101"


def test_one_setting_moves_all_ports():
    services = topology.load(settings.load({"PORT_OFFSET": "1000", "BACK_AUTH_PORT": "7777"}))
    assert services["back-api"].environment["PORT"] == "9100"
    assert services["back-api"].environment["BACK_AUTH_URL"] == "http://127.0.0.1:7777"
    assert services["back-api"].environment["PUBLIC_URL"] == "http://localhost:9000"


def test_replicas_are_services_of_one_label_with_ports_of_their_own():
    own = settings.load({"BACK_WEBSOCKETS_REPLICAS": "2", "PORT_OFFSET": "1000"})
    services = topology.load(own)
    first, second = (services[name] for name in topology.group(services, "back-websockets"))
    assert (first.name, second.name) == ("back-websockets", "back-websockets-2")
    assert (first.port, second.port, second.environment["PORT"]) == (9105, 9115, "9115")
    assert second.probe.target == "http://127.0.0.1:9115/health/ready"
    assert services["back-gateway"].environment["BACK_WEBSOCKETS_REPLICAS"] == "2"
    assert own.containers()["BACK_WEBSOCKETS_PUBLISHED_PORT"] == "0"


def test_replicas_share_no_port_with_others():
    services = topology.load(settings.load({"BACK_WEBSOCKETS_REPLICAS": str(replicas.AT_MOST)}))
    numbers = [service.port for service in services.values() if service.port]
    assert len(numbers) == len(set(numbers))
    assert set(services["back-websockets-2"].environment) == set(services["back-websockets"].environment)


def test_a_number_of_replicas_that_cannot_be_is_refused():
    with pytest.raises(StackError, match="must be a number from 1 to 3, but is '40'"):
        topology.load(settings.load({"BACK_WEBSOCKETS_REPLICAS": "40"}))


def test_containers_keep_their_inner_ports_and_move_what_is_published():
    variables = settings.load({"PORT_OFFSET": "1000"}).containers()
    assert variables["BACK_API_PUBLISHED_PORT"] == "9100"
    assert "BACK_API_PORT" not in variables
    assert variables["NETWORK_PREFIX"] == "10.105"


def test_a_port_that_is_none_is_refused():
    with pytest.raises(StackError, match="BACK_API_PORT must be a number"):
        settings.load({"BACK_API_PORT": "many"})


def test_a_circle_is_named():
    services = graph(toy("a", needs=after("b")), toy("b", needs=after("a")))
    with pytest.raises(StackError, match="in a circle: a, b"):
        topology.order(services)


def test_a_group_is_all_processes_of_a_service():
    services = topology.load(settings.load({}))
    assert topology.group(services, "back-workers") == [
        "back-workers",
        "back-workers-bulk",
        "back-workers-beat",
        "back-workers-events",
    ]
    with pytest.raises(StackError, match="no service 'nobody'; there are: back-api"):
        topology.group(services, "nobody")


def test_a_taken_port_is_named_with_the_setting_that_moves_it():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        services = topology.load(settings.load({"PORT_OFFSET": "21000", "BACK_API_PORT": str(taken)}))
        with pytest.raises(
            StackError, match=rf"Port {taken} of back-api is taken by .*BACK_API_PORT=<port>.*PORT_OFFSET"
        ):
            ports.require_free(services)


@pytest.mark.parametrize(("duration", "expected"), [("12s", 12), ("1m30s", 90), ("500ms", 0.5)])
def test_durations(duration: str, expected: float):
    assert topology.seconds(duration) == expected


def test_spans_have_one_place_that_all_services_write_to_and_a_setting_moves_it():
    own = [one for one in topology.load(settings.load({})).values() if one.name.startswith(("back-", "front-"))]
    writers = [one for one in own if one.name not in {"back-redis", "back-gateway"}]
    folders = {one.environment["TRACES_DIR"] for one in writers}
    assert len(folders) == 1
    assert next(iter(folders)).endswith("/data/traces")
    off = topology.load(settings.load({"TRACES_DIR": ""}))
    assert {off[one.name].environment["TRACES_DIR"] for one in writers} == {""}


def test_containers_share_the_folder_of_spans():
    document = interpolate(yaml.safe_load(settings.COMPOSE.read_text()), settings.load({}).containers())
    own = {name: one for name, one in document["services"].items() if name.startswith(("back-", "front-"))}
    writers = {name: one for name, one in own.items() if "TRACES_DIR" in one.get("environment", {})}
    assert {"back-postgres", "front-admin", "back-workers-events"} <= writers.keys()
    for name, one in writers.items():
        assert one["environment"]["TRACES_DIR"] == "/traces", name
        assert "traces:/traces" in one["volumes"], name
    assert document["volumes"]["traces"]["driver_opts"]["type"] == "tmpfs"


def test_jaeger_is_a_profile_and_only_the_collector_gets_its_endpoint():
    assert "jaeger" not in topology.load(settings.load({}))
    document = yaml.safe_load(settings.COMPOSE.read_text())
    assert document["services"]["jaeger"]["profiles"] == ["jaeger"]
    for endpoint in ("", "http://jaeger:4318"):
        services = interpolate(document, {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})["services"]
        known = {name: one.get("environment", {}).get("OTEL_EXPORTER_OTLP_ENDPOINT") for name, one in services.items()}
        assert {name: value for name, value in known.items() if value is not None} == {"back-workers-events": endpoint}

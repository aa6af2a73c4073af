"""Where the gateway listens and finds its targets."""

from pathlib import Path

import pytest

from stack.errors import StackError
from stack.gateway import kong
from stack.gateway.model import Target
from stack.gateway.render import configuration
from stack.gateway.upstream_addresses import UpstreamAddresses, from_environment
from tests.trial_gateway import KONG_FILE


def test_the_environment_moves_a_target() -> None:
    places = from_environment({"BACK_API_HOST": "127.0.0.1", "BACK_API_PORT": "10100"})
    assert places.addresses(Target("back-api", 8100, 100)) == [("127.0.0.1", 10100)]
    assert places.addresses(Target("back-auth", 8101, 100)) == [("back-auth", 8101)]


def test_localhost_needs_no_name_server() -> None:
    places = from_environment({"BACK_API_HOST": "localhost"})
    assert places.addresses(Target("back-api", 8100, 100)) == [("127.0.0.1", 8100)]


def test_each_replica_is_a_target() -> None:
    environment = {"BACK_WEBSOCKETS_HOST": "127.0.0.1", "BACK_WEBSOCKETS_REPLICAS": "2"}
    places = UpstreamAddresses(environment=environment, resolvers=["127.0.0.11"])
    text = configuration(kong.read(KONG_FILE), KONG_FILE, places, "off")
    assert "server 127.0.0.1:8105 weight=100 max_fails=0;\n" in text
    assert "server 127.0.0.1:8115 weight=100 max_fails=0;\n" in text


@pytest.mark.parametrize("replicas", ["0", "many", "99"])
def test_a_number_of_replicas_that_cannot_be_is_refused(replicas: str) -> None:
    places = from_environment({"BACK_WEBSOCKETS_REPLICAS": replicas})
    with pytest.raises(StackError, match="BACK_WEBSOCKETS_REPLICAS must be a number from 1 to 3"):
        places.addresses(Target("back-websockets", 8105, 100))


def test_name_servers_are_those_of_the_machine(tmp_path: Path) -> None:
    conf = tmp_path / "resolv.conf"
    conf.write_text("search x\nnameserver 127.0.0.11\nnameserver fd00::1\nnameserver\noptions ndots:0\n", "utf-8")
    assert from_environment({}, conf).resolvers == ["127.0.0.11", "[fd00::1]"]
    assert from_environment({}, tmp_path / "none").resolvers == []


def test_names_are_resolved_while_it_runs() -> None:
    text = configuration(kong.read(KONG_FILE), KONG_FILE, UpstreamAddresses(resolvers=["127.0.0.11"]), "off")
    assert "resolver 127.0.0.11 valid=1s ipv6=off;" in text
    assert "server back-api:8100 weight=100 max_fails=0 resolve;" in text


def test_the_environment_names_the_origins() -> None:
    places = from_environment({"ALLOWED_ORIGINS": "http://localhost:10000, http://admin.localhost:10000"})
    text = configuration(
        kong.read(KONG_FILE), KONG_FILE, UpstreamAddresses(origins=places.origins, resolvers=["127.0.0.11"]), "off"
    )
    assert '"service:back-api http://admin.localhost:10000" $http_origin;' in text
    assert '"service:back-api http://localhost:8000" $http_origin;' not in text


def test_limits_scale() -> None:
    text = configuration(
        kong.read(KONG_FILE), KONG_FILE, UpstreamAddresses(rate_limit_scale=2.5, resolvers=["127.0.0.11"]), "off"
    )
    assert 'set $limit_windows "minute=300";' in text
    assert 'set $limit_windows "minute=150000";' in text

"""A real server that a test kills and starts again, on one port and with one folder of data."""

from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial

from stack.errors import StackError
from stack.native import servers
from stack.native.servers import Place
from stack.ports import free_ports
from stack.topology import Probe
from tests.waiting import eventually


class RestartableServer:
    """Of `stack.native.<module>`, which `probe` asks whether it is ready."""

    def __init__(self, place: Place, module: str, probe: Probe, environment: Mapping[str, str]) -> None:
        self.place = place
        self._module = module
        self._starting = partial(servers.server, module, probe, place.secrets.parent, environment)
        self._running = ExitStack()

    def on(self) -> None:
        def started() -> bool:
            try:
                self._running.enter_context(self._starting())
            except StackError:  # the killed one's children are not gone yet
                return False
            return True

        eventually(started, f"{self._module} starts")

    def off(self) -> None:
        """kill -9."""
        self._running.close()


@contextmanager
def postgres() -> Generator[RestartableServer]:
    with servers.scratch() as folder:
        (port,) = free_ports(1)
        environment = {"POSTGRES_PORT": str(port), "SECRETS_DIR": str(folder / "secrets" / "postgres")}
        place = Place("127.0.0.1", port, folder / "secrets")
        with _until_the_end(RestartableServer(place, "postgres", Probe("postgres", str(port)), environment)) as server:
            yield server


@contextmanager
def cassandra() -> Generator[RestartableServer]:
    with servers.scratch() as folder:
        port, storage_port = free_ports(2)
        environment = {"CASSANDRA_PORT": str(port), "CASSANDRA_STORAGE_PORT": str(storage_port)}
        place = Place("127.0.0.1", port, folder / "secrets")
        own = place.secrets / "back-cassandra" / "cassandra_superuser_password"  # once back-cassandra has set it
        with _until_the_end(
            RestartableServer(place, "cassandra", Probe("cql", str(port), str(own)), environment)
        ) as server:
            yield server


@contextmanager
def _until_the_end(server: RestartableServer) -> Generator[RestartableServer]:
    server.on()
    try:
        yield server
    finally:
        server.off()

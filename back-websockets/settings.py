"""The settings of back-websockets, from its environment and secrets."""

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings


class Settings(RedisSettings, CallerSettings, ServiceSettings):
    port: int = 8105
    back_cassandra_url: str
    public_url: str
    admin_url: str
    allowed_origins: str = ""
    """Pages that may connect beside the two fronts', a comma list."""
    admin_origins: str = ""
    """Other addresses of front-admin, a comma list."""
    connections_per_user: int = 20
    connections_in_total: int = 20_000
    queue_size: int = 256
    """Messages that may wait for one connection before it counts as too slow."""
    half_open_in_total: int = 1000
    handshake_seconds: float = 10.0
    """Within which a connection has to send its request."""
    drain_seconds: float = 3.0
    """Over which connections are ended when the service stops."""

    @property
    def public_origins(self) -> list[str]:
        """The public origins of front-public, the main address first."""
        return [self.public_url, *self.allowed_origins.split(",")]

    @property
    def all_admin_origins(self) -> list[str]:
        """The public origins of front-admin."""
        return [self.admin_url, *self.admin_origins.split(",")]

"""What back-websockets is told by its environment and secrets."""

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings


class Settings(RedisSettings, CallerSettings, ServiceSettings):
    port: int = 8105
    back_cassandra_url: str
    allowed_origins: str
    admin_url: str
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
    def origins(self) -> frozenset[str]:
        """Origins whose pages may connect."""
        return frozenset(origin.strip().rstrip("/") for origin in self.allowed_origins.split(",") if origin.strip())

"""What back-api needs to know (docker-compose.yml sets it)."""

from shared.chassis.settings import RedisSettings, ServiceSettings


class Settings(ServiceSettings, RedisSettings):
    port: int = 8100
    back_auth_url: str
    back_postgres_url: str
    back_cassandra_url: str

"""What back-api needs to know (docker-compose.yml sets it)."""

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings


class Settings(ServiceSettings, RedisSettings, CallerSettings):
    port: int = 8100
    back_postgres_url: str
    back_cassandra_url: str

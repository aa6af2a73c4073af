"""The settings of back-api (docker-compose.yml sets them)."""

from shared.chassis.settings import CallerSettings, RedisSettings, ServiceSettings


class Settings(ServiceSettings, RedisSettings, CallerSettings):
    port: int = 8100
    back_postgres_url: str
    back_cassandra_url: str

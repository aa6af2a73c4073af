"""The settings of back-postgres; see docker-compose.yml for the values."""

from pydantic import Field, SecretStr

from shared.chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """The application's role may only read and write rows; the migrations' role owns the schema and is used at start-up."""

    port: int = 8102
    postgres_host: str = "127.0.0.1"
    postgres_port: int = 8132
    postgres_db: str = "dashboard"
    postgres_app_user: str = "dashboard_app"
    postgres_app_password: SecretStr
    postgres_migrations_user: str = "dashboard_migrations"
    postgres_migrations_password: SecretStr
    postgres_pool_size: int = Field(default=10, ge=2, le=100)
    outbox_retention_days: int = Field(default=7, ge=1)

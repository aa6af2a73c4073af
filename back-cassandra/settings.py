"""The settings of back-cassandra, from its environment and secrets."""

from pydantic import Field, SecretStr

from shared.chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """To serve: one role that may read and change rows, and nothing else."""

    port: int = 8103
    cassandra_host: str
    cassandra_port: int = 9042
    cassandra_keyspace: str = "dashboard"
    cassandra_app_password: SecretStr
    audit_days: int = Field(default=365, ge=1, le=3650)
    """For so long an entry of the audit log is kept, from when it happened."""


class MigrationSettings(Settings):
    """To set up: the role that owns the tables, and the superuser, who only makes keyspace and roles."""

    cassandra_migrations_password: SecretStr
    cassandra_superuser_password: SecretStr
    cassandra_replication: int = 1

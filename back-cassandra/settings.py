"""What back-cassandra is told by its environment and secrets."""

from pydantic import SecretStr

from shared.chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """To serve: one role that may read and change rows, and nothing else."""

    port: int = 8103
    cassandra_host: str
    cassandra_port: int = 9042
    cassandra_keyspace: str = "dashboard"
    cassandra_app_password: SecretStr


class MigrationSettings(Settings):
    """To set up: the role that owns the tables, and the superuser, who only makes keyspace and roles."""

    cassandra_migrations_password: SecretStr
    cassandra_superuser_password: SecretStr
    cassandra_replication: int = 1

"""Real servers for the tests that ask for them."""

from tests.servers import cassandra_server, postgres_server, redis_server, servers_folder

__all__ = ["cassandra_server", "postgres_server", "redis_server", "servers_folder"]

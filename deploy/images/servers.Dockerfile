# Other people's servers with our configuration: as part of the image its user can read it, however the clone's files are closed
# (a bind mount keeps the modes that umask 077 gave them), and a daemon on another machine has it too.
FROM postgres:18 AS postgres
COPY --chmod=644 deploy/config/postgresql.conf /etc/postgresql/postgresql.conf
COPY --chmod=644 deploy/config/postgres-init.sql /docker-entrypoint-initdb.d/10-dashboard.sql

FROM cassandra:5.0 AS cassandra
COPY --chmod=644 deploy/config/cassandra.yaml /config/cassandra.yaml

FROM valkey/valkey:9 AS back-redis
COPY --chmod=644 back-redis/redis.conf /config/redis.conf

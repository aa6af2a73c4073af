-- Runs once, as superuser, in the new database `dashboard`: in the container by its entrypoint, as a process by stack.native.postgres.
-- Passwords are read by the server itself, so that none stands in a command line or a log.

DO $$
DECLARE
    folder text := coalesce(current_setting('dashboard.secrets', true), '/run/secrets/postgres');
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['app', 'migrations'] LOOP
        EXECUTE format('CREATE ROLE dashboard_%s LOGIN PASSWORD %L', role,
            btrim(pg_read_file(format('%s/postgres_%s_password', folder, role)), E'\n'));
    END LOOP;
END
$$;

ALTER DATABASE dashboard OWNER TO dashboard_migrations;

REVOKE ALL ON DATABASE dashboard FROM PUBLIC;

REVOKE ALL ON DATABASE postgres FROM PUBLIC;

REVOKE ALL ON DATABASE template1 FROM PUBLIC;

GRANT CONNECT ON DATABASE dashboard TO dashboard_app;

ALTER SCHEMA public OWNER TO dashboard_migrations;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO dashboard_app;

-- What PostgreSQL lets everybody call: waiting holds a connection, a large object is data that no table's rights reach.
REVOKE EXECUTE ON FUNCTION pg_sleep(double precision), pg_sleep_for(interval), pg_sleep_until(timestamptz) FROM PUBLIC;

REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, integer),
    lo_put(oid, bigint, bytea), lo_get(oid), lo_get(oid, bigint, integer), lo_unlink(oid), lowrite(integer, bytea),
    loread(integer, integer), lo_truncate(integer, integer), lo_truncate64(integer, bigint) FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE dashboard_migrations IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO dashboard_app;

ALTER DEFAULT PRIVILEGES FOR ROLE dashboard_migrations IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO dashboard_app;

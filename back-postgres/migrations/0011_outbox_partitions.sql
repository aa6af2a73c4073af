-- Relays share the outbox by partitions of its aggregates: whoever holds a partition for the time of its lease sends
-- that partition's events in order. Events that cannot be published are tried again and end as dead.

CREATE TABLE outbox_partitions (
    number        integer PRIMARY KEY CHECK (number BETWEEN 0 AND 15),
    claimed_by    text NOT NULL,
    claimed_until timestamptz NOT NULL
);

ALTER TABLE outbox
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN retry_at timestamptz,
    ADD COLUMN dead_at  timestamptz,
    ADD COLUMN error    text;

-- `position + 0` orders by nothing but this index: the primary key would lead through everything published before.
CREATE INDEX outbox_ready ON outbox ((hashtext(aggregate_id) & 15), (position + 0))
    WHERE published_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_failing ON outbox (aggregate_id, position)
    WHERE retry_at IS NOT NULL AND published_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (position) WHERE dead_at IS NOT NULL;
DROP INDEX outbox_unpublished, outbox_unpublished_aggregate;

ALTER TABLE outbox SET (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0
);

-- What can be sent now: an event that failed waits for its time, and later ones of its aggregate wait behind it.
CREATE VIEW outbox_sendable AS
    SELECT hashtext(o.aggregate_id) & 15 AS part, o.position + 0 AS place, o.id, o.type, o.version, o.aggregate_id,
        o.user_id, o.occurred_at, o.correlation_id, o.traceparent, o.data
    FROM outbox o
    WHERE o.published_at IS NULL AND o.dead_at IS NULL
      AND NOT EXISTS (
          SELECT FROM outbox f
          WHERE f.aggregate_id = o.aggregate_id AND f.position <= o.position AND f.retry_at > now()
            AND f.published_at IS NULL AND f.dead_at IS NULL
      );

-- Two statements, so that what is read was committed after the partitions were taken: what their last holder has
-- marked as published is not sent again. The planner's other ways would read what the index leaves out, or with EXISTS
-- in place of the heads the whole backlog.
CREATE FUNCTION outbox_claim(relay text, most integer, lease interval, held text[]) RETURNS SETOF outbox_sendable
LANGUAGE plpgsql SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    parts integer[];
BEGIN
    WITH free AS (
        SELECT n FROM generate_series(0, 15) AS n LEFT JOIN outbox_partitions p ON p.number = n
        CROSS JOIN LATERAL (
            SELECT FROM outbox_sendable o WHERE o.part = n AND split_part(o.type, '.', 1) <> ALL (held)
            ORDER BY o.place LIMIT 1
        ) AS head
        WHERE p.number IS NULL OR p.claimed_until <= now() OR p.claimed_by = relay
        ORDER BY p.claimed_until NULLS FIRST LIMIT 8
    ), taken AS (
        INSERT INTO outbox_partitions AS p (number, claimed_by, claimed_until)
        SELECT n, relay, now() + lease FROM free ORDER BY n
        ON CONFLICT (number) DO UPDATE SET claimed_by = EXCLUDED.claimed_by, claimed_until = EXCLUDED.claimed_until
        WHERE p.claimed_until <= now() OR p.claimed_by = relay
        RETURNING number
    )
    SELECT array_agg(number) INTO parts FROM taken;
    RETURN QUERY
        SELECT o.* FROM unnest(parts) AS n CROSS JOIN LATERAL (
            SELECT s.* FROM outbox_sendable s WHERE s.part = n AND split_part(s.type, '.', 1) <> ALL (held)
            ORDER BY s.place LIMIT ceil(most::numeric / cardinality(parts))
        ) AS o ORDER BY o.place LIMIT most;
END
$$;

GRANT SELECT, INSERT, UPDATE ON outbox_partitions TO dashboard_app;
GRANT SELECT ON outbox_sendable TO dashboard_app;

-- Every new relation is given to the service whole; this one is only looked at.
REVOKE INSERT, UPDATE, DELETE ON outbox_sendable FROM dashboard_app;

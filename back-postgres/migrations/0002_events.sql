-- The transactional outbox, and what each consumer has handled.

CREATE TABLE outbox (
    position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             uuid NOT NULL UNIQUE DEFAULT uuidv7(),
    type           text NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    aggregate_id   text NOT NULL,
    user_id        uuid,
    occurred_at    timestamptz NOT NULL DEFAULT now(),
    correlation_id text NOT NULL DEFAULT '',
    data           jsonb NOT NULL,
    claimed_by     text,
    claimed_until  timestamptz,
    published_at   timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_unpublished_aggregate ON outbox (aggregate_id, position) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Wakes the relay at commit; the payload is empty, since the relay claims whatever waits.
CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER outbox_inserted AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();

CREATE TABLE processed_events (
    consumer      text NOT NULL CHECK (length(consumer) BETWEEN 1 AND 100),
    event_id      text NOT NULL CHECK (length(event_id) BETWEEN 1 AND 64),
    claimed_until timestamptz NOT NULL,
    done_at       timestamptz,
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX processed_events_done ON processed_events (done_at) WHERE done_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, processed_events TO dashboard_app;

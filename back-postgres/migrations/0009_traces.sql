-- The span in which an event happened, for whoever handles it later (W3C traceparent).

ALTER TABLE outbox ADD COLUMN traceparent text NOT NULL DEFAULT '';

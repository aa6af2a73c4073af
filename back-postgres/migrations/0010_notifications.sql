-- Who wants to be told what and how, mails that wait, and announcements to many.

CREATE TABLE notification_preferences (
    user_id     uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    kinds       jsonb NOT NULL,
    quiet_hours jsonb,
    version     integer NOT NULL DEFAULT 1,
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE announcements (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    title           text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body            text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
    link            text CHECK (length(link) <= 300),
    audience        jsonb NOT NULL,
    state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'succeeded', 'failed')),
    recipients      integer NOT NULL,
    delivered       integer NOT NULL DEFAULT 0,
    through         uuid,  -- the last recipient who has it; they are taken in the order of their ids
    created_by      uuid REFERENCES users ON DELETE SET NULL,
    idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    worker          text,
    lease_until     timestamptz NOT NULL,
    error           text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    UNIQUE (created_by, idempotency_key)
);
CREATE INDEX announcements_unfinished ON announcements (lease_until) WHERE state IN ('pending', 'running');

-- `batch` names the mail that it becomes a part of: a local day, or the notification itself. Rows that were sent stay
-- for a week, since a day's summary that is out must not get a second part.
CREATE TABLE pending_mails (
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    notification_id uuid NOT NULL,
    batch           text NOT NULL CHECK (length(batch) BETWEEN 1 AND 64),
    digest_day      date,
    kind            text NOT NULL,
    event           jsonb,
    due_at          timestamptz NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    claimed_by      text,
    claimed_until   timestamptz,
    sent_at         timestamptz,
    PRIMARY KEY (user_id, notification_id)
);
CREATE INDEX pending_mails_batch ON pending_mails (user_id, batch);
CREATE INDEX pending_mails_due ON pending_mails (due_at, user_id) WHERE sent_at IS NULL;
CREATE INDEX pending_mails_sent ON pending_mails (sent_at) WHERE sent_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preferences, announcements, pending_mails TO dashboard_app;

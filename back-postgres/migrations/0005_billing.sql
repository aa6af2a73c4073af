-- Plans, subscriptions, billing runs and invoices. Money is an integer of minor units.

CREATE TABLE plans (
    id          text PRIMARY KEY,
    position    integer NOT NULL UNIQUE,
    name        text NOT NULL,
    description text NOT NULL,
    features    text[] NOT NULL
);

CREATE TABLE plan_prices (
    plan_id      text NOT NULL REFERENCES plans,
    interval     text NOT NULL CHECK (interval IN ('month', 'year')),
    currency     text NOT NULL CHECK (currency IN ('EUR', 'USD')),
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (plan_id, currency, interval)
);

CREATE TABLE subscriptions (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id     uuid NOT NULL UNIQUE REFERENCES users,
    plan        text NOT NULL REFERENCES plans,
    interval    text NOT NULL CHECK (interval IN ('month', 'year')),
    currency    text NOT NULL CHECK (currency IN ('EUR', 'USD')),
    seats       integer NOT NULL CHECK (seats BETWEEN 1 AND 1000),
    state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'canceled')),
    next_due_on date,
    started_at  timestamptz NOT NULL DEFAULT now(),
    canceled_at timestamptz,
    version     integer NOT NULL DEFAULT 1
);
CREATE INDEX subscriptions_billable ON subscriptions (id) INCLUDE (next_due_on) WHERE state = 'active' AND plan <> 'free';

CREATE TABLE billing_runs (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    task_id         uuid NOT NULL UNIQUE REFERENCES tasks,
    period          text NOT NULL CHECK (period ~ '^20\d{2}-(0[1-9]|1[0-2])$'),
    dry_run         boolean NOT NULL,
    state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'succeeded', 'failed')),
    requested_by    uuid REFERENCES users ON DELETE SET NULL,
    due             integer NOT NULL DEFAULT 0,
    processed       integer NOT NULL DEFAULT 0,
    invoices        integer NOT NULL DEFAULT 0,
    total_minor     jsonb NOT NULL DEFAULT '{}',
    counted_through uuid,  -- a dry run writes nothing, so this keeps a repeated chunk from counting twice
    worker          text,
    lease_seconds   integer NOT NULL DEFAULT 30,
    lease_until     timestamptz NOT NULL,
    error           text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz
);
CREATE UNIQUE INDEX billing_runs_active_period ON billing_runs (period)
    WHERE NOT dry_run AND state IN ('pending', 'running');
CREATE INDEX billing_runs_unfinished ON billing_runs (lease_until) WHERE state IN ('pending', 'running');

-- Numbers for people are consecutive within a year, without gaps: the row is locked until the invoices are committed.
CREATE TABLE invoice_counters (
    year integer PRIMARY KEY,
    last integer NOT NULL
);

CREATE TABLE invoices (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    number          text NOT NULL UNIQUE,
    user_id         uuid NOT NULL REFERENCES users,
    subscription_id uuid NOT NULL REFERENCES subscriptions,
    run_id          uuid NOT NULL REFERENCES billing_runs,
    period          text NOT NULL,
    plan            text NOT NULL REFERENCES plans,
    currency        text NOT NULL,
    amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
    state           text NOT NULL DEFAULT 'issued' CHECK (state IN ('issued', 'paid', 'failed')),
    issued_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (subscription_id, period)
);
CREATE INDEX invoices_user ON invoices (user_id, id);

CREATE TABLE invoice_lines (
    invoice_id        uuid NOT NULL REFERENCES invoices ON DELETE CASCADE,
    position          integer NOT NULL,
    description       text NOT NULL CHECK (length(description) <= 200),
    quantity          integer NOT NULL CHECK (quantity >= 1),
    unit_amount_minor bigint NOT NULL,
    amount_minor      bigint NOT NULL,
    PRIMARY KEY (invoice_id, position)
);

GRANT SELECT ON plans, plan_prices TO dashboard_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON subscriptions, billing_runs, invoice_counters, invoices, invoice_lines
    TO dashboard_app;

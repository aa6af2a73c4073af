-- Background work that people wait for.

CREATE TABLE tasks (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    type       text NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    state      text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'succeeded', 'failed')),
    progress   double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    result     jsonb,
    error      text,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO dashboard_app;

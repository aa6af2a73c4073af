-- Accounts and their credentials. Each migration is compatible with the previous release of the code.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE users (
    id                uuid PRIMARY KEY DEFAULT uuidv7(),
    email             text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    name              text CHECK (length(name) BETWEEN 1 AND 80),
    role              text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'support', 'billing-admin', 'admin')),
    status            text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    email_verified_at timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    search            text GENERATED ALWAYS AS (lower(email || ' ' || coalesce(name, ''))) STORED
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
CREATE INDEX users_search ON users USING gin (search gin_trgm_ops);

-- Apart from users, so that no query for a user can hand out a hash by mistake.
CREATE TABLE credentials (
    user_id       uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    password_hash text NOT NULL CHECK (length(password_hash) BETWEEN 1 AND 512),
    changed_at    timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON users, credentials TO dashboard_app;

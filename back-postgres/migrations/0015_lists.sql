-- The list of accounts in each order, and by each filter, costs the same however many there are; so do the invoices of a run.

CREATE INDEX users_shown_name ON users (lower(coalesce(name, email)), id);
CREATE INDEX users_role ON users (role, id);
CREATE INDEX users_status ON users (status, id);
CREATE INDEX users_verified ON users (id) WHERE email_verified_at IS NOT NULL;
CREATE INDEX users_unverified ON users (id) WHERE email_verified_at IS NULL;
CREATE INDEX subscriptions_plan ON subscriptions (plan, user_id);
CREATE INDEX invoices_run ON invoices (run_id, id);

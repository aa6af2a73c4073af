-- What is due has a day on which it is due: a free plan and a canceled subscription have none. So the query for due ones
-- names neither plan nor state. subscriptions_billable stays for the release before, and goes with the next one.

CREATE INDEX subscriptions_due ON subscriptions (id) INCLUDE (next_due_on) WHERE next_due_on IS NOT NULL;

-- An audience says itself whether accounts without a subscription belong to it.
UPDATE announcements SET audience = audience || jsonb_build_object('without_subscription', audience->'plans' ? 'free')
    WHERE state IN ('pending', 'running') AND audience->>'plans' IS NOT NULL;

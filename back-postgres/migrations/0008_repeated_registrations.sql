-- "Was the owner told of this attempt?" is asked at each registration of an address that exists.

CREATE INDEX outbox_registration_repeated ON outbox (aggregate_id, occurred_at) WHERE type = 'user.registration_repeated';

"""From the transactional outbox in PostgreSQL to Redis Streams."""

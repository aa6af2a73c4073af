"""Events on their way: from the outbox to Redis Streams (relay), and from there to the consumers."""

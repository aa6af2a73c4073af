"""The path of events: from the outbox to Redis Streams (relay), and from there to the consumers."""

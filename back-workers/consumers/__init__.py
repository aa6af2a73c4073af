"""What happens after an event. A consumer is declared in one file: group, streams, handlers by event type."""

"""Who is connected right now, as back-websockets reports it to back-redis."""

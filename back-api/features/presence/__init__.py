"""Who is connected right now, as back-websockets tells back-redis."""

"""What happened to one's account: listed, counted, marked as read. They are made by back-workers."""

"""A user's notifications: listed, counted, marked as read. back-workers creates them."""

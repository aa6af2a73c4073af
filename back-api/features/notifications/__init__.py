"""A user's notifications: listed, counted, marked as read and unread. back-workers creates them."""

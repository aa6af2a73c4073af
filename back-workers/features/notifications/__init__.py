"""The messages that people get, in-app and by mail, and when."""

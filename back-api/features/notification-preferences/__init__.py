"""Which notifications a user gets live and by mail, and their quiet hours."""

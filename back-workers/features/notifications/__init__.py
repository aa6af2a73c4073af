"""What people are told, in-app and by mail, and when."""

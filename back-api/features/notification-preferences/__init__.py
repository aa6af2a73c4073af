"""What somebody wants to be told live and by mail, and when it shall be quiet."""

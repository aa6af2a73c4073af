"""Who is logged in."""

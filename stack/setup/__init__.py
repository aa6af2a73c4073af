"""Bootstrap with the standard library only: from a bare Python to everything the stack needs, inside the clone."""

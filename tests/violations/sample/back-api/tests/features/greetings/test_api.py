"""There is one."""

"""The largest and the worst bodies that each operation of each service may be sent."""

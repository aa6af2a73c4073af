"""Mutation testing: small faults are put into a copy of the tree, and the unit tests ought to see them."""

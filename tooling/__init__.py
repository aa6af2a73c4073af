"""The command line of the person who adds a feature: contracts, boundaries, diagrams. Services never import it."""

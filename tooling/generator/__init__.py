"""Makes a feature: its whole column, from templates that a test keeps in step with the tree (docs/decisions/0052)."""

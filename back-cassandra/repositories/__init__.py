"""CQL has its home here: one module an entity."""

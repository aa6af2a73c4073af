"""All SQL is here. Functions take a `Database` (or a `Connection` in a transaction) and return `shared.models`."""

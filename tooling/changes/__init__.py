"""What changed between two states of the contracts, whom it breaks, and which versions must rise (guide: "Versioning")."""

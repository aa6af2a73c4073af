"""What back-workers does for each feature, in a folder of the contract's name."""

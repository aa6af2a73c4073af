"""Staff see figures about the whole system, and which services answer."""

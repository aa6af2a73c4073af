"""Plans, subscriptions, invoices, and billing runs (guide, scenario 4)."""

"""Plans, subscriptions, invoices, and the runs that make them (guide, scenario 4)."""

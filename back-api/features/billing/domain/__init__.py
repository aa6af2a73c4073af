"""The rules of billing. Payment, proration and dunning will be modules beside these."""

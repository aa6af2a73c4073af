"""Services that several features of back-auth share."""

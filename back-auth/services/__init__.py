"""What several features of back-auth share."""

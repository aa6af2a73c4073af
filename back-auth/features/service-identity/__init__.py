"""Services get the tokens here with which they call each other (OAuth 2 client credentials, RFC 6749 section 4.4)."""

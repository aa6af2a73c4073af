"""Login, refresh and logout; the public keys with which others verify tokens."""

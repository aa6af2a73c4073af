"""Log in, stay logged in, log out; the keys that others verify tokens with."""

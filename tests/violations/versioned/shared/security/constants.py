"""What each service of the small system agrees on."""

JWT_EXPIRATION = 15 * 60
REFRESH_GRACE = 10

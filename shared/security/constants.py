"""Constants that every service must agree on (guide: "Shared resources")."""

JWT_ALGORITHM = "RS256"
JWT_EXPIRATION = 15 * 60  # 15 minutes
JWT_ISSUER = "tools-dashboard/back-auth"
JWT_AUDIENCE = "tools-dashboard"
JWT_TYPE = "access"
SERVICE_TOKEN_EXPIRATION = 5 * 60  # 5 minutes
SERVICE_TOKEN_TYPE = "service"
SERVICE_TOKEN_HEADER = "X-Service-Token"
JWT_LEEWAY = 5  # seconds of clock skew between services
REFRESH_TOKEN_EXPIRATION = 7 * 24 * 60 * 60  # 7 days
REFRESH_GRACE = 10  # seconds in which two tabs may use the same refresh token

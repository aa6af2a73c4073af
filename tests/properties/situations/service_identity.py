"""Tokens of services, which their secrets buy."""

from tests.properties.situations.visitor import excuse

excuse("back-auth/tests have the secrets of services", "POST /internal/service-tokens")

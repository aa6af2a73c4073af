"""Links that confirm an address: each is good once."""

from tests.properties.situations.visitor import excuse

excuse(
    "a link is good once; tests/e2e/email-verification.test.ts follows some",
    "POST /api/auth/email/verification/confirm",
    "POST /internal/email-verifications/confirm",
)
excuse("the person's address is confirmed already", "PUT /internal/users/{user_id}/email-verification")

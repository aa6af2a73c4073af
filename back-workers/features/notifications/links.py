"""Pages of front-public that messages of several features lead to."""

from shared.models.email_verification import EmailVerificationLink


def verification_page(link: EmailVerificationLink | None) -> str | None:
    """The link that confirms an address. Its path holds the token: only for the mail."""
    return f"/verify-email?token={link.token}" if link else None

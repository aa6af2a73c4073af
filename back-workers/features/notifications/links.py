"""Pages of front-public that messages of several features lead to."""

from shared.models.email_verification import EmailVerificationLink


def verification_page(link: EmailVerificationLink | None) -> str | None:
    """Where an address is confirmed. The path holds the link's token: for the mail alone."""
    return f"/verify-email?token={link.token}" if link else None

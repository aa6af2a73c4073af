"""A new link, and an address that is confirmed."""

from tests.integration.conftest import register, verify_email
from tests.integration.happenings.stage import Stage, causes


@causes("user.email_verification_requested", "user.email_verified")
def confirm(stage: Stage) -> None:
    newcomer = register(stage.api)
    stage.ask("POST", "/api/auth/email/verification", by=newcomer)
    verify_email(stage.api, stage.mail, newcomer.email)

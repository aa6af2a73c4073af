"""A new link, and an address that is confirmed."""

from tests.integration.conftest import register, verify_email
from tests.integration.happenings.actors import Actors, causes


@causes("user.email_verification_requested", "user.email_verified")
def confirm(actors: Actors) -> None:
    newcomer = register(actors.api)
    actors.ask("POST", "/api/auth/email/verification", by=newcomer)
    verify_email(actors.api, actors.mail, newcomer.email)

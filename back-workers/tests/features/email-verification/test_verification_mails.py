"""The link that confirms an address goes to that address, without a word of a stranger."""

import pytest
from features.notifications.mail.renderer import MailRenderer
from tests.mails import STRANGER, mail_of, parts
from tests.samples import VERIFICATION, event, registered, revoked


@pytest.mark.parametrize("locale", ["en", "de-DE"])
def test_the_first_mail_to_an_address_has_the_link_and_no_word_of_a_stranger(
    renderer: MailRenderer, locale: str
) -> None:
    published = registered(name=STRANGER.name)
    published = published.model_copy(update={"data": published.data | {"verification": VERIFICATION}})
    repeated = event("user.registration_repeated", {"email": "ann@example.com", "name": STRANGER.name})
    to = STRANGER.model_copy(update={"locale": locale})
    for part in parts(mail_of(renderer, published, to)):
        assert f"http://localhost:8000/verify-email?token={VERIFICATION['token']}" in part
    for mail in (published, repeated, revoked()):
        assert "locked" not in mail_of(renderer, mail, to).as_string()


def test_a_new_link_is_mailed_to_whoever_asks(renderer: MailRenderer) -> None:
    asked = {"email": "ann@example.com", "verification": VERIFICATION}
    message = mail_of(renderer, event("user.email_verification_requested", asked))
    assert message["Subject"] == "Confirm your email address"
    for part in parts(message):
        assert f"http://localhost:8000/verify-email?token={VERIFICATION['token']}" in part

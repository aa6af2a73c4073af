"""The mails that somebody gets who registers, or registers again."""

from features.notifications.mail.renderer import MailRenderer
from tests.mails import ANN, mail_of, parts
from tests.samples import event, registered


def test_the_welcome_mail_leads_to_the_profile(renderer: MailRenderer) -> None:
    published = registered()
    message = mail_of(renderer, published)
    assert (message["To"], message["Subject"]) == ("ann@example.com", "Welcome to the Tools Dashboard")
    assert message["Message-ID"] == f"<{published.id}@example.com>"
    assert message["X-Correlation-ID"] == "correlation-1"
    text, html = parts(message)
    for part in (text, html):
        assert "Welcome, Ann!" in part
        assert "http://localhost:8000/app/profile/create" in part
    assert "prefers-color-scheme: dark" in html
    assert '<html lang="en">' in html


def test_without_a_name_it_is_a_welcome_all_the_same(renderer: MailRenderer) -> None:
    nameless = ANN.model_copy(update={"name": None})
    assert "Welcome!" in parts(mail_of(renderer, registered(name=None), nameless))[0]


def test_who_registers_again_is_asked_to_log_in(renderer: MailRenderer) -> None:
    published = event("user.registration_repeated", {"email": "ann@example.com", "name": None})
    for part in parts(mail_of(renderer, published)):
        assert "http://localhost:8000/login" in part

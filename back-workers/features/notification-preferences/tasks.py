"""The Celery task that sends pending mails. It runs on the queue `bulk`, so that it never delays other work."""

from typing import Any

import celery
from peers import Peers, run_with_peers
from settings import TaskSettings

from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from features.notifications.mail.smtp import SmtpSender

from .dead_letters import MailDeadLetters
from .pending_mails import PendingMailSender

app: Any = celery.current_app  # celery has no types


def send_due() -> None:
    """Sends the pending mails that are due, for a while; what is left is sent by the next run."""
    settings = TaskSettings.load()

    async def work(peers: Peers) -> None:
        texts = Catalogue()
        renderer = MailRenderer(
            texts, mail_from=settings.mail_from, public_url=settings.public_url, support=settings.mail_support
        )
        sender = SmtpSender(settings.smtp_host, settings.smtp_port)
        dead_letters = MailDeadLetters(peers.redis)
        lease = settings.pending_mail_lease_seconds
        await PendingMailSender(peers.back_postgres, texts, renderer, sender, dead_letters, lease=lease).run()

    run_with_peers(settings, work)


app.task(name="notification-preferences.send_due")(send_due)

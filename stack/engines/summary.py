"""What `make up` prints at its end: addresses, accounts, and how long it took and how much it holds."""

import json

from rich.console import Console

from stack.settings import Settings


def addresses(settings: Settings) -> list[tuple[str, str]]:
    return [
        ("the dashboard", settings.public_url),
        ("for administrators", settings.admin_url),
        ("mails that were sent", f"http://localhost:{settings.ports['MAIL_WEB']}"),
    ]


def show(console: Console, settings: Settings, accounts: str) -> None:
    console.print()
    for what, url in addresses(settings):
        console.print(f"  {what:22}{url}", highlight=False)
    console.print()
    for account in json.loads(accounts or "[]"):
        words = f"  {account['role']:22}{account['email']:24}{account['password']}"
        console.print(words, highlight=False, markup=False)

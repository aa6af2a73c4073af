"""The mail catcher of the `maildev` npm package: SMTP on MAIL_SMTP_PORT, a page and a REST interface on MAIL_WEB_PORT."""

import os

from stack.native.privileges import become
from stack.paths import NODE, ROOT, data_dir, private

GUARD = ["--import", (ROOT / "deploy/images/mail/own-pages-only.mjs").as_uri()]
MEMORY = ["--max-old-space-size=64", "--max-semi-space-size=2"]


def main() -> None:
    mails = private(data_dir() / "mail")
    smtp = os.environ["MAIL_SMTP_PORT"]
    web = os.environ["MAIL_WEB_PORT"]
    places = ["--smtp", smtp, "--ip", "127.0.0.1", "--web", web, "--web-ip", "127.0.0.1", "--max-emails", "500"]
    places += ["--mail-directory", str(mails)]
    become([NODE / "bin" / "node", *MEMORY, *GUARD, ROOT / "node_modules" / ".bin" / "maildev", *places])


if __name__ == "__main__":
    main()

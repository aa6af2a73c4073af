"""Processor time of the processes that serve: what a busy machine distorts least."""

from collections.abc import Sequence

import psutil


def listening(port: int) -> psutil.Process:
    """The process that listens on `port` of this machine."""
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,) and connection.pid:
            return psutil.Process(connection.pid)
    raise LookupError(f"nothing listens on port {port}")


def seconds(processes: Sequence[psutil.Process]) -> float:
    """What they and their children have used so far."""
    return sum(_used(one) for process in processes for one in (process, *process.children(recursive=True)))


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system

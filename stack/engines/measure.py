"""How much memory process trees hold."""

import psutil


def proportional_bytes(pid: int) -> int:
    """PSS (shared pages counted once, split among those who share them) of a process and its descendants; else RSS."""
    try:
        root = psutil.Process(pid)
        return sum(_own(process) for process in (root, *root.children(recursive=True)))
    except psutil.Error:
        return 0


def _own(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return _resident(process)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0

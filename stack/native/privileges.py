"""Root gives up its rights for servers that refuse root or need none; the parent-death signal survives that."""

import ctypes
import os
import signal
from collections.abc import Sequence
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def die_with_parent() -> None:
    """SIGKILL for this process when its parent ends however it ends; to be called after changes of user."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def own(*paths: Path) -> None:
    """Give files and folders to the user that the server will run as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


def drop(*needed: Path) -> None:
    """Become nobody when root. A clone below a root-only folder keeps one capability: to walk through folders."""
    if os.geteuid() == 0:
        closed = not all(_open_to_others(path) for path in needed)
        if closed:
            _libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        if closed:
            _keep_passage()
    die_with_parent()


def become(command: Sequence[str | Path], *, needed: Sequence[Path] | None = None) -> None:
    """Replace this process by the server, as nobody when `needed` (what it must reach) is given; the parent stays."""
    parts = [str(part) for part in command]
    if needed is None:
        die_with_parent()
    else:
        drop(Path(parts[0]), *needed)
    os.execv(parts[0], parts)  # noqa: S606


def _open_to_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _keep_passage() -> None:
    permitted = _capabilities().permitted
    wanted = CAP_DAC_READ_SEARCH if permitted & (1 << CAP_DAC_READ_SEARCH) else CAP_DAC_OVERRIDE
    bit = 1 << wanted
    data = (_Data * 2)(_Data(bit, bit, bit), _Data(0, 0, 0))
    _libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), data)
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, wanted, 0, 0)


def _capabilities() -> _Data:
    data = (_Data * 2)()
    _libc.capget(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), data)
    return data[0]

"""Root gives up its rights for servers that refuse root or need none; the parent-death signal survives that."""

import ctypes
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from stack.errors import StackError

NOBODY = 65534
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAP_SETGID = 6
CAP_SETUID = 7
CAP_SETPCAP = 8
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
    """Become nobody when root. Where others may not reach all that is `needed`, one capability stays: to read all the same.

    Without SECBIT_NO_SETUID_FIXUP access(2) would not count that capability, and initdb asks access(2) for its server.
    """
    if os.geteuid() == 0:
        closed = not all(_is_open_to_others(path) for path in needed)
        if closed:
            _libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        if closed:
            _keep_passage()
    die_with_parent()


def let_reach(*needed: Path) -> None:
    """What `drop` cannot do afterwards: programs become executable for others, however the umask left them.

    Raises StackError when others may not reach what is `needed` and root may not keep the capability for it.
    """
    if os.geteuid() != 0 or all(_is_open_to_others(path) for path in needed):
        return
    permitted = _capabilities().permitted
    rights = [bool(permitted & 1 << number) for number in (CAP_SETGID, CAP_SETUID, CAP_SETPCAP)]
    if not all(rights) or not permitted & (1 << CAP_DAC_READ_SEARCH | 1 << CAP_DAC_OVERRIDE):
        raise StackError(
            f"The user nobody, which {needed[0].name} runs as here, cannot reach {needed[0].parent}, and this root lacks the "
            "capabilities to help it: use another user than root, or a folder that others may walk through (chmod o+x)."
        )
    for path in needed:
        mode = path.stat().st_mode
        if path.is_file() and mode & 0o100 and not mode & 0o001:
            path.chmod(mode | 0o111)


def become(command: Sequence[str | Path], *, needed: Sequence[Path] | None = None) -> None:
    """Replace this process by the server, as nobody when `needed` (what it must reach) is given; the parent stays."""
    parts = [str(part) for part in command]
    if needed is None:
        die_with_parent()
    else:
        let_reach(Path(parts[0]), *needed)
        drop(Path(parts[0]), *needed)
    os.execv(parts[0], parts)  # noqa: S606


def _is_open_to_others(path: Path) -> bool:
    """Whether the user nobody may walk to `path` and use it."""
    place = path.resolve()
    rights = 0o5 if place.stat().st_mode & 0o100 else 0o4
    return _grants(place, rights) and all(_grants(folder, 0o1) for folder in place.parents)


def _grants(path: Path, rights: int) -> bool:
    """Whether the user nobody, as the owner or as one of the others, has these rights."""
    status = path.stat()
    bits = status.st_mode >> 6 if status.st_uid == NOBODY else status.st_mode
    return bits & rights == rights


def _keep_passage() -> None:
    permitted = _capabilities().permitted
    capability = CAP_DAC_READ_SEARCH if permitted & (1 << CAP_DAC_READ_SEARCH) else CAP_DAC_OVERRIDE
    bit = 1 << capability
    data = (_Data * 2)(_Data(bit, bit, bit), _Data(0, 0, 0))
    _libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), data)
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def _capabilities() -> _Data:
    data = (_Data * 2)()
    _libc.capget(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), data)
    return data[0]

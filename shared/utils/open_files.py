"""How many files, and so connections, a process may have open."""

import resource


def raise_open_files() -> int:
    """Raises the soft limit of this process, which its children inherit, to the hard one; the limit that holds then.

    The soft limit of 256 or 1,024 that many machines give is for programs that use select(2); servers here do not.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard

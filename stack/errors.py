"""What goes wrong on a developer's machine, as one sentence each."""

import errno
import re

FULL = re.compile(r"No space left on device|ENOSPC|disk quota exceeded", re.IGNORECASE)
NETWORK = re.compile(
    r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|name resolution|Name or service not known|"
    r"dns error|Could not connect|Connection refused|Connection reset|timed out|error sending request|"
    r"Failed to (fetch|download)|Network is unreachable|No matching distribution|Max retries exceeded|"
    r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate",
    re.IGNORECASE,
)


class StackError(Exception):
    """Its text is one sentence for the person at the terminal: what happened and what to do."""


def is_full(error: OSError) -> bool:
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def explained(error: OSError) -> str:
    """The sentence for a disk that is full or a folder that may not be written; empty for what is no such misfortune."""
    if is_full(error):
        return "The disk is full: free some space, then run the same command again."
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM} and error.filename:
        return f"{error.filename} cannot be used ({error.strerror}): the clone must be writable, and belong to whoever runs this command."
    return ""


def explain(doing: str, output: str, log: str) -> str:
    """The sentence for a tool that failed while `doing`, from what it printed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if FULL.search(output):
        return f"The disk is full while {doing}: free some space, then run the same command again."
    if NETWORK.search(output):
        first = next(line for line in lines if NETWORK.search(line))
        return (
            f"A download failed while {doing} ({first[:160]}): check the network and the package registry's settings, "
            f"then run the same command again; what has arrived is kept."
        )
    return f"{doing[0].upper()}{doing[1:]} failed ({(lines or ['no output'])[-1][:160]}): the whole output is in {log}."

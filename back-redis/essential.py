"""Writes that must succeed while back-redis is full: sessions, their end, and the limits and events that belong to them.

A full server (`noeviction`) refuses each command that may need memory. A script with the flag `allow-oom` may still run them
(Valkey and Redis 7 and later), with the caller's ACL. What is written this way is bounded: sessions and attempts by the time
that a login takes, revocations by time, events by the length of their streams.
docs/decisions/0031-away-or-refused.md has the figures.
"""

from collections.abc import Sequence
from itertools import chain

Argument = str | bytes | int | float
Command = tuple[Argument, ...]
FAMILIES = ("session:", "revoked:", "ratelimit:back-auth:", "events:session", "events:login")
SCRIPT = """#!lua flags=allow-oom
local replies, at = {}, 1
while at <= #ARGV do
  local count = tonumber(ARGV[at])
  replies[#replies + 1] = redis.call(unpack(ARGV, at + 1, at + count))
  at = at + count + 1
end
return replies"""


def covers(commands: Sequence[Command]) -> bool:
    """Whether all keys of `commands` belong to an essential family."""
    return bool(commands) and all(len(each) > 1 and str(each[1]).startswith(FAMILIES) for each in commands)


def beyond_the_limit(commands: Sequence[Command]) -> Command:
    """One command that runs `commands` on a full server as well; its reply is the list of theirs."""
    return ("EVAL", SCRIPT, 0, *chain.from_iterable((len(each), *each) for each in commands))

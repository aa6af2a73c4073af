"""Which passwords may not be chosen: those that attackers try first (NIST SP 800-63B-4, section 3.1.1.2).

No rules of composition: a password is refused when little of its own is left beside a common one (`commonest_passwords.txt`)
or beside what belongs to the person or to us, in whatever case, leet spelling, doubling or order.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_FILE = Path(__file__).with_name("commonest_passwords.txt")
COMMONEST = frozenset(
    line for line in _FILE.read_text(encoding="ascii").split("\n") if line and not line.startswith("#")
)
PRODUCT = ("tools", "dashboard")
LEFT_OVER = 8
"""So many characters beside a known word make a password of their own: what NIST demands of a whole one."""
MIN_DISTINCT = 4
_AFFIXES = re.compile(r"^[\W\d_]*|[\W\d_]*$")
_SEPARATORS = re.compile(r"[\W_]+")
_LEET = [str.maketrans("@48361!0$5+792", f"aabegi{one}ossttgz") for one in "il"]

_INSTEAD = "Choose another, such as four unrelated words."
COMMON = f"This password is too common. {_INSTEAD}"
PERSONAL = f"This password contains your name, your address or our name. {_INSTEAD}"
REPEATED = f"This password repeats the same few characters. {_INSTEAD}"


def weakness_of(password: str, *, email: str, name: str = "") -> str | None:
    """Why `password` may not be used, for the person who chose it; None when it may. Its length is the model's rule."""
    lowered = password.casefold().strip()
    if not lowered:
        return "Password must not be blank."
    if len(set(lowered)) < MIN_DISTINCT:
        return REPEATED
    personal = _words_of(email, name)
    for core, rest in _cores(lowered):
        if len(rest) >= LEFT_OVER and rest not in COMMONEST:
            continue
        if core in personal or _is_pair(core, personal):
            return PERSONAL
        if core in COMMONEST:
            return COMMON
    return None


def _words_of(email: str, name: str) -> frozenset[str]:
    """What the person and the product are called, whole and in parts of three letters and more."""
    local, _, domain = email.casefold().partition("@")
    found = [*PRODUCT, email, local, domain]
    for text in (local, domain, name.casefold()):
        parts = [part for part in _SEPARATORS.split(text) if part]
        found += [*parts, "".join(parts), text]
    return frozenset(word for word in found if len(word) >= 3)


def _is_pair(core: str, words: frozenset[str]) -> bool:
    return any(core.startswith(word) and core[len(word) :] in words for word in words)


def _cores(password: str) -> Iterator[tuple[str, str]]:
    """What `password` may be made of, and what that leaves over: affixes taken off, spelled out, once, backwards."""
    trimmed = _AFFIXES.sub("", password)
    begin = password.find(trimmed)
    before = password[:begin]
    after = password[begin + len(trimmed) :]
    stems = {(password, ""), (trimmed + after, before), (before + trimmed, after), (trimmed, before + after)}
    for stem, rest in stems:
        for spelling in {stem, _SEPARATORS.sub("", stem), *_spelled_out(stem)}:
            unit = _unit(spelling)
            once = {unit} if unit == spelling else {unit, _AFFIXES.sub("", unit), *_spelled_out(_AFFIXES.sub("", unit))}
            for core in {spelling, *once}:
                yield core, rest
                yield core[::-1], rest


def _spelled_out(text: str) -> Iterator[str]:
    return (text.translate(leet) for leet in _LEET)


def _unit(text: str) -> str:
    """`abcabc` is `abc` twice."""
    return text[: (text + text).find(text, 1)]

"""One form of a password for all keyboards (RFC 8265, section 4.2: the profile OpaqueString).

The module `unicodedata` instead of a library of PRECIS profiles: those refuse what the running Python's Unicode version does not
know and what is not drawn by itself (variation selectors, joiners). The same password with an emoji would then be right
on one Python and refused on another, and people who have one already could not log in any more.
"""

import unicodedata


def opaque(password: str) -> str:
    """`password` in NFC, every other space as U+0020. Raises ValueError when it is empty or has control characters."""
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in spaced):
        raise ValueError("must not contain control characters")
    if not spaced:
        raise ValueError("must not be empty")
    return unicodedata.normalize("NFC", spaced)


def spellings(password: str) -> list[str]:
    """How the password that was typed may have been hashed: in the form of `opaque`, and, before that was demanded, as it is."""
    try:
        return list(dict.fromkeys([opaque(password), password]))
    except ValueError:
        return [password]

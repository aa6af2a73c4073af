"""Which names a feature, its entity and its fields may bear; each refusal is one sentence."""

import re
from collections.abc import Collection

from tooling.generator import keywords

LONGEST = 40
_FEATURE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ENTITY = re.compile(r"[a-z]+(_[a-z]+)*")
"""Events bear its name, and take no digits."""
_FIELD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Refused(ValueError):
    """What was asked for cannot be made; the message is one sentence that says why."""


def feature(name: str, taken: Collection[str] = ()) -> str:
    """`name`, as a feature may be called; `taken` are the names that are there already.

    Raises:
        Refused: no slug, too long, a keyword, reserved, or taken.
    """
    what = "a feature"
    _of_form(name, _FEATURE, what, "small letters, digits and single hyphens, such as reading-list")
    _no_keyword(name.replace("-", "_"), what)
    if name in keywords.FEATURES:
        raise Refused(f"{name!r} cannot name {what}: the house uses it for something else.")
    _not_taken(name, taken, what)
    return name


def entity(name: str, taken: Collection[str] = ()) -> str:
    """`name`, as the one thing that a feature keeps many of may be called (`bookmark`, `reading_item`).

    Raises:
        Refused: as with `feature`, or its class would hide one that the models or TypeScript have.
    """
    what = "an entity"
    _of_form(name, _ENTITY, what, "small letters and single underscores, such as reading_item")
    _no_keyword(name, what)
    if pascal(name) in keywords.CLASSES or name in keywords.FEATURES:
        raise Refused(f"{name!r} cannot name {what}: the house uses it for something else.")
    _not_taken(name, taken, what)
    return name


def field(name: str, taken: Collection[str] = ()) -> str:
    """`name`, as a field may be called; `taken` are the fields that its entity has already.

    Raises:
        Refused: not of its form, too long, a keyword, reserved, or taken.
    """
    what = "a field"
    _of_form(name, _FIELD, what, "small letters, digits and single underscores, such as due_on")
    _no_keyword(name, what)
    if name in keywords.FIELDS or name.startswith("model_"):
        raise Refused(f"{name!r} cannot name {what}: every entity, form or model uses it for something else.")
    _not_taken(name, taken, what)
    return name


def pascal(name: str) -> str:
    """`reading-item` or `reading_item` as the name of a class, `ReadingItem`."""
    return "".join(word.capitalize() for word in re.split(r"[-_]", name))


def words(name: str) -> str:
    """`reading-item` or `reading_item` as people write it, `reading item`."""
    return re.sub(r"[-_]", " ", name)


def _of_form(name: str, form: re.Pattern[str], what: str, expected: str) -> None:
    if len(name) > LONGEST:
        raise Refused(f"{name[:LONGEST]!r}… cannot name {what}: it has {len(name)} characters, {LONGEST} are the most.")
    if not form.fullmatch(name):
        raise Refused(f"{name!r} cannot name {what}: use {expected}.")


def _no_keyword(name: str, what: str) -> None:
    languages = {"Python": keywords.PYTHON, "SQL": keywords.SQL, "TypeScript": keywords.TYPESCRIPT}
    for language, reserved in languages.items():
        if name in reserved:
            raise Refused(f"{name!r} cannot name {what}: it is a keyword of {language}.")


def _not_taken(name: str, taken: Collection[str], what: str) -> None:
    if name in taken:
        raise Refused(f"{name!r} cannot name {what}: there is one of that name already.")

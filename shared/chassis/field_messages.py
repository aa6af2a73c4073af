"""What a form says at a refused field: the field, what it must be, in numbers where there is a bound. Pydantic's words are for programmers."""

from collections.abc import Mapping
from typing import Any

from shared.models.base import NO_NUL
from shared.utils import texts

_BODY_PARTS = {"body", "query", "path", "header"}
Location = tuple[int | str, ...]

_RULES = {
    "missing": "is required",
    "extra_forbidden": "is not a field that can be sent",
    "none_required": "must be null",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "string_type": "must be text",
    "string_unicode": "must be text that can be written as UTF-8",
    "bytes_type": "must be bytes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be a JSON object, sent with Content-Type: application/json",
    "uuid_type": "must be a UUID",
    "uuid_parsing": "must be a UUID",
    "date_type": "must be a day such as 2026-11-23",
    "date_parsing": "must be a day such as 2026-11-23",
    "date_from_datetime_parsing": "must be a day such as 2026-11-23",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
}

_ONE_LINE = "must be one line without invisible or control characters"
_SEVERAL_LINES = "must be text without invisible or control characters"
_SLUG = "must consist of lower-case letters, digits and hyphens, and begin with a letter"
_PATTERNS = {
    NO_NUL: "must not contain a NUL character",
    texts.ONE_LINE: _ONE_LINE,
    texts.ONE_VISIBLE_LINE: f"{_ONE_LINE}, and not blank",
    texts.LINES: _SEVERAL_LINES,
    texts.VISIBLE_LINES: f"{_SEVERAL_LINES}, and not blank",
    texts.WEB_ADDRESS: "must be a web address such as https://example.com",
    texts.SLUG: _SLUG,
    texts.LANGUAGE_TAG: "must be a language tag such as en or de-CH",
    r"^20[0-9]{2}-(0[1-9]|1[0-2])$": "must be a month such as 2026-11",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "must be a time such as 22:00",
    r"^[0-9]{1,18}(-[0-9]{1,18})?$": "must be an entry’s id such as 1764093600000-0, or a time in milliseconds",
    r"^events:[a-z][a-z_]*$": "must be a stream such as events:user",
    r"^[a-z][a-z_]*(\.[a-z_]*)?$": "must be the beginning of an event’s name, such as user or user.registered",
    r"^[a-z][a-z-]{0,39}$": "must be a kind such as invoice",
    r"^/([A-Za-z0-9_~.?#&=%+-][A-Za-z0-9/_~.?#&=%+-]*)?$": "must be a page of this site, such as /app/billing",
}
_OTHER_PATTERN = "has an invalid format"


def name_of(location: Location) -> str:
    """The dotted path of a field."""
    parts = location[1:] if location and location[0] in _BODY_PARTS else location
    return ".".join(str(part) for part in parts)


def message_for(problem: Mapping[str, Any]) -> str:
    """The message for one of pydantic's `errors()`."""
    rule = _rule(problem)
    if rule[:1].isupper():
        return rule
    return f"{in_words(name_of(problem['loc']))} {rule.removesuffix('.')}."


def in_words(field: str) -> str:
    """`rules.0.expires_on` is "Expires on", the body as a whole "This"."""
    names = [part for part in field.split(".") if part and not part.isdigit()]
    words = names[-1].replace("_", " ") if names else "this"
    return words[:1].upper() + words[1:]


def _rule(problem: Mapping[str, Any]) -> str:
    kind = str(problem["type"])
    context: dict[str, Any] = problem.get("ctx") or {}
    if kind == "string_too_short" and context.get("min_length") == 1:
        kind = "missing"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context.get("pattern")), _OTHER_PATTERN)
    if kind in ("too_short", "too_long") and context.get("field_type") == "Value":  # a secret text
        kind = f"string_{kind}"
    rule = _RULES.get(kind)
    if rule is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    words = rule.format(**{key: _written(value) for key, value in context.items()})
    return words.replace("at least 1 entries", "at least 1 entry").replace("at most 1 entries", "at most 1 entry")


def _written(bound: Any) -> str:
    """1,000 as people write it."""
    return f"{bound:,}" if isinstance(bound, int | float) and not isinstance(bound, bool) else str(bound)

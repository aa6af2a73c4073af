"""What a generated field is in each place that knows it: model, column, form and samples, one table of types."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tooling.generator import names

INT_LEAST = -(2**31)
INT_MOST = 2**31 - 1
"""PostgreSQL's `integer`."""
Jsx = dict[str, str]
"""Attributes of an input: the value is written as it is behind `=`, none when it is empty."""


@dataclass(frozen=True)
class Field:
    """One field of an entity. `low` and `high` bound a text's length or a number; `choices` are a choice's values."""

    name: str
    kind: str
    optional: bool = False
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As people read it: `Due on`."""
        return names.words(self.name).capitalize()

    @property
    def definition(self) -> str:
        """The type that a request has it in: `Annotated[Line, Field(min_length=1, max_length=200), Stripped]`."""
        return TYPES[self.kind].definition(self)

    @property
    def is_bare(self) -> bool:
        """Whether `definition` is a name already, which needs none of its own."""
        return self.definition.isidentifier()

    @property
    def imports(self) -> tuple[tuple[str, str], ...]:
        """What `definition` needs: module and name."""
        return tuple((_HOMES[word], word) for word in re.findall(r"[A-Z]\w+", self.definition) if word in _HOMES)

    @property
    def stored(self) -> str:
        """Its type in the entity: what is read needs no bounds. A choice has the same values there."""
        return TYPES[self.kind].stored(self)

    @property
    def default(self) -> str | None:
        """What a request need not say, as Python; None when it has to be sent."""
        if self.kind == "bool":
            return "False"
        return "None" if self.optional else None

    @property
    def column(self) -> str:
        """Its column in PostgreSQL: `title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200)`."""
        sql_type, check = TYPES[self.kind].column(self)
        parts = [
            self.name,
            sql_type,
            "" if self.optional else "NOT NULL",
            "DEFAULT false" if self.kind == "bool" else "",
        ]
        return " ".join(filter(None, [*parts, f"CHECK ({check})" if check else ""]))

    @property
    def typescript(self) -> str:
        """Its type in what a front sends."""
        return TYPES[self.kind].typescript(self) + (" | null" if self.optional else "")

    @property
    def control(self) -> str:
        """The component of `@dashboard/front/ui/field.tsx` that asks for it."""
        return TYPES[self.kind].control

    @property
    def attributes(self) -> Jsx:
        """Of `control`, beside label, name, value and errors."""
        needed: Jsx = {} if self.kind == "bool" else {"optional": ""} if self.optional else {"required": ""}
        return needed | TYPES[self.kind].attributes(self)

    @property
    def samples(self) -> tuple[Any, Any]:
        """Two values that fit, as JSON has them."""
        return TYPES[self.kind].samples(self)

    @property
    def wrong(self) -> tuple[Any, ...]:
        """Values that do not fit, as JSON has them."""
        return tuple(TYPES[self.kind].wrong(self)) + (() if self.optional else (None,))


@dataclass(frozen=True)
class Type:
    definition: Callable[[Field], str]
    stored: Callable[[Field], str]
    column: Callable[[Field], tuple[str, str]]
    typescript: Callable[[Field], str]
    control: str
    attributes: Callable[[Field], Jsx]
    samples: Callable[[Field], tuple[Any, Any]]
    wrong: Callable[[Field], Iterator[Any]]
    bounds: tuple[int, int] = (0, 0)
    """What holds without any, or the most that may be asked for; (0, 0) when it takes none."""


_HOMES = {
    **dict.fromkeys(["Annotated", "Literal"], "typing"),
    "Field": "pydantic",
    **dict.fromkeys(["Day", "Email", "Line", "Stripped", "VisibleLines", "WebAddress"], "shared.models.base"),
}


def _text_samples(field: Field) -> tuple[str, str]:
    first = field.label[: field.high]
    second = f"Another {names.words(field.name)}"[: field.high]
    return (first, second) if first != second else (first, "z" * len(first) if len(first) > 1 else "z")


def _wrong_text(field: Field) -> Iterator[Any]:
    yield from ("", " ", "a\x00b", "a\u202eb", "a" * (field.high + 1), 1)


def _python(value: str) -> str:
    return f'"{value}"'


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _length_check(field: Field) -> tuple[str, str]:
    return "text", f"length({field.name}) BETWEEN 1 AND {field.high}"


def _text(base: str, control: str, high: int) -> Type:
    return Type(
        definition=lambda field: f"Annotated[{base}, Field(min_length=1, max_length={field.high}), Stripped]",
        stored=lambda _: "str",
        column=_length_check,
        typescript=lambda _: "string",
        control=control,
        attributes=lambda field: ({"rows": "{4}"} if control == "TextArea" else {}) | _max_length(field),
        samples=_text_samples,
        wrong=_wrong_text,
        bounds=(1, high),
    )


def _max_length(field: Field) -> Jsx:
    return {"maxLength": f"{{{field.high}}}"}


TYPES: dict[str, Type] = {
    "line": _text("Line", "TextField", 200),
    "text": _text("VisibleLines", "TextArea", 2000),
    "url": Type(
        definition=lambda field: f"Annotated[WebAddress, Field(max_length={field.high})]",
        stored=lambda _: "str",
        column=lambda field: ("text", f"length({field.name}) <= {field.high}"),
        typescript=lambda _: "string",
        control="TextField",
        attributes=lambda field: {"type": '"url"'} | _max_length(field),
        samples=lambda _: ("https://a.example/1", "https://b.example/2"),
        wrong=lambda field: iter(["", "a.example", "javascript:alert(1)", "https://" + "a" * field.high, 1]),
        bounds=(20, 2000),
    ),
    "email": Type(
        definition=lambda _: "Email",
        stored=lambda _: "str",
        column=lambda field: ("text", f"length({field.name}) <= 254"),
        typescript=lambda _: "string",
        control="TextField",
        attributes=lambda _: {"type": '"email"', "maxLength": "{254}"},
        samples=lambda _: ("ada@example.com", "bob@example.com"),
        wrong=lambda _: iter(["", "ada", "ada@", 1]),
    ),
    "bool": Type(
        definition=lambda _: "bool",
        stored=lambda _: "bool",
        column=lambda _: ("boolean", ""),
        typescript=lambda _: "boolean",
        control="Checkbox",
        attributes=lambda _: {},
        samples=lambda _: (True, False),
        wrong=lambda _: iter(["yes", 1]),
    ),
    "int": Type(
        definition=lambda field: f"Annotated[int, Field(ge={field.low}, le={field.high})]",
        stored=lambda _: "int",
        column=lambda field: ("integer", f"{field.name} BETWEEN {field.low} AND {field.high}"),
        typescript=lambda _: "number",
        control="TextField",
        attributes=lambda field: {"type": '"number"', "min": f"{{{field.low}}}", "max": f"{{{field.high}}}"},
        samples=lambda field: (field.high, field.low),
        wrong=lambda field: iter([field.low - 1, field.high + 1, 1.5, "1"]),
        bounds=(0, INT_MOST),
    ),
    "date": Type(
        definition=lambda _: "Day",
        stored=lambda _: "Day",
        column=lambda _: ("date", ""),
        typescript=lambda _: "string",
        control="TextField",
        attributes=lambda _: {"type": '"date"'},
        samples=lambda _: ("2026-11-30", "2027-01-31"),
        wrong=lambda _: iter(["", "2026-02-30", "tomorrow", 20261130]),
    ),
    "choice": Type(
        definition=lambda field: f"Literal[{', '.join(_python(value) for value in field.choices)}]",
        stored=lambda field: field.definition,
        column=lambda field: ("text", f"{field.name} IN ({_quoted(field.choices)})"),
        typescript=lambda field: " | ".join(_python(value) for value in field.choices),
        control="SelectField",
        attributes=lambda _: {},
        samples=lambda field: (field.choices[0], field.choices[1]),
        wrong=lambda _: iter(["", "none-of-them", 1]),
    ),
}

"""The texts in every language, checked when they are loaded and rendered for a reader.

A language that lacks a text, a text that speaks of what is not said, or a wrong template is a `TextsError` at the start,
not a mail that fails months later.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, TemplateError, meta, pass_context
from jinja2.runtime import Context
from pydantic import BaseModel, ConfigDict, ValidationError

from features.notifications.locale import FALLBACK, Reader, reader
from features.notifications.message import SAID, Said

FOLDER = Path(__file__).parent / "texts"
READER = "reader"  # the reader's name among the values, which no text mentions


class TextsError(Exception):
    """What is wrong with which text."""


class MailTexts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    why: str


class Texts(BaseModel):
    """Of one thing that is said; without `title` and `body` it is said by mail only."""

    model_config = ConfigDict(extra="forbid")
    title: str = ""
    body: str = ""
    mail: MailTexts


@dataclass(frozen=True)
class Mail:
    """What a mail says, as plain text; its layout is `mail/templates`."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    why: str


class Catalogue:
    """All languages below `folder`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - plain text; the layout escapes
        self._environment.filters.update({name: _as_read(name) for name in ("money", "month", "moment")})
        self._languages = {path.stem: _load(path) for path in sorted(folder.glob("*.yaml"))}
        if FALLBACK not in self._languages:
            raise TextsError(f"there is no {FALLBACK}.yaml")
        if problems := [*self._problems()]:
            raise TextsError("\n".join(problems))
        self._compile = cache(self._environment.from_string)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self._languages)

    def reader(self, locale: str, time_zone: str) -> Reader:
        """For the tags of a profile."""
        return reader(locale, time_zone, self.languages)

    def in_app(self, said: Said, to: Reader) -> tuple[str, str]:
        """Title and body."""
        texts, render = self._languages[to.language][said.key], self._renderer(said, to)
        return render(texts.title), render(texts.body)

    def mail(self, said: Said, to: Reader) -> Mail:
        """Subject and all else that a mail says, as plain text."""
        texts, render = self._languages[to.language][said.key].mail, self._renderer(said, to)
        return Mail(
            subject=" ".join(render(texts.subject).splitlines()),
            heading=render(texts.heading),
            paragraphs=tuple(filter(None, map(render, texts.paragraphs))),
            button=render(texts.button),
            why=render(texts.why),
        )

    def _renderer(self, said: Said, to: Reader) -> Callable[[str], str]:
        values: dict[str, Any] = {name: getattr(said, name) for name in type(said).model_fields} | {READER: to}
        return lambda text: self._compile(text).render(values)

    def _problems(self) -> Iterator[str]:
        wanted = {said.key: set(said.model_fields) for said in SAID}
        for language, texts in self._languages.items():
            for key in wanted.keys() ^ texts.keys():
                yield f"{language}.yaml: {key} is {'missing' if key in wanted else 'never said'}"
            for key in wanted.keys() & texts.keys():
                for text in _strings(texts[key]):
                    yield from (f"{language}.yaml, {key}: {problem}" for problem in self._wrong(text, wanted[key]))

    def _wrong(self, text: str, known: set[str]) -> Iterator[str]:
        try:
            used = meta.find_undeclared_variables(self._environment.parse(text))
            self._environment.from_string(text)
        except TemplateError as error:
            yield f"{text!r}: {error}"
            return
        if unknown := used - known:
            yield f"{text!r} speaks of {', '.join(sorted(unknown))}, which is not said"


def _load(path: Path) -> dict[str, Texts]:
    try:
        read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {key: Texts.model_validate(texts) for key, texts in read.items()}
    except (yaml.YAMLError, ValidationError) as error:
        raise TextsError(f"{path.name}: {error}") from error


def _strings(texts: Texts) -> Iterator[str]:
    mail = texts.mail
    yield from (texts.title, texts.body, mail.subject, mail.heading, *mail.paragraphs, mail.button, mail.why)


def _as_read(name: str) -> Any:
    """A filter that writes a value as the reader reads it."""

    @pass_context
    def write(context: Context, value: Any) -> str:
        return getattr(context[READER], name)(value)

    return write

"""The texts of all features in every language, checked when they are loaded and rendered for a recipient.

They lie in each feature's `texts/<language>.yaml`, under the `key` of the message. Texts are plain text with Jinja2's
expressions over the message's fields; the filters are `money`, `month` and `moment`.
A language that lacks a text, a text that uses an unknown field, or a wrong template is a `TextsError` at the start,
not a mail that fails months later.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from discovery import folders
from jinja2 import Environment, StrictUndefined, TemplateError, meta, pass_context
from jinja2.runtime import Context
from pydantic import BaseModel, ConfigDict, ValidationError

from features.notifications.locale import FALLBACK, RecipientLocale, locale_of
from features.notifications.message import MessageModel
from features.notifications.registry import message_models

LOCALE = "recipient_locale"  # its name among the values, which no text mentions


class TextsError(Exception):
    """A text of the catalogue is wrong; the message names it."""


class MailTexts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    why: str


class Texts(BaseModel):
    """The texts of one message; without `title` and `body` it is sent by mail only."""

    model_config = ConfigDict(extra="forbid")
    title: str = ""
    body: str = ""
    mail: MailTexts


@dataclass(frozen=True)
class Mail:
    """The content of a mail, as plain text; its layout is in `mail/templates`."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    why: str


class Catalogue:
    """The texts in `texts`, by default the folder of this name of every feature."""

    def __init__(self, texts: Iterable[Path] | None = None) -> None:
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - plain text; the layout escapes
        self._environment.filters.update({name: _localized(name) for name in ("money", "month", "moment")})
        self._languages: dict[str, dict[str, Texts]] = {}
        for folder in folders("texts") if texts is None else texts:
            for path in sorted(folder.glob("*.yaml")):
                self._languages.setdefault(path.stem, {}).update(_load(path))
        if FALLBACK not in self._languages:
            raise TextsError(f"there is no {FALLBACK}.yaml")
        if problems := [*self._problems()]:
            raise TextsError("\n".join(problems))
        self._compile = cache(self._environment.from_string)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self._languages)

    def locale(self, tag: str, time_zone: str) -> RecipientLocale:
        """For the locale and time zone of a profile."""
        return locale_of(tag, time_zone, self.languages)

    def in_app(self, message: MessageModel, to: RecipientLocale) -> tuple[str, str]:
        """Title and body."""
        texts = self._languages[to.language][message.key]
        render = self._renderer(message, to)
        return render(texts.title), render(texts.body)

    def mail(self, message: MessageModel, to: RecipientLocale) -> Mail:
        """Subject and all else that a mail says, as plain text."""
        texts = self._languages[to.language][message.key].mail
        render = self._renderer(message, to)
        return Mail(
            subject=" ".join(render(texts.subject).splitlines()),
            heading=render(texts.heading),
            paragraphs=tuple(filter(None, map(render, texts.paragraphs))),
            button=render(texts.button),
            why=render(texts.why),
        )

    def _renderer(self, message: MessageModel, to: RecipientLocale) -> Callable[[str], str]:
        values: dict[str, Any] = {name: getattr(message, name) for name in type(message).model_fields} | {LOCALE: to}
        return lambda text: self._compile(text).render(values)

    def _problems(self) -> Iterator[str]:
        fields = {model.key: set(model.model_fields) for model in message_models()}
        for language, texts in self._languages.items():
            for key in fields.keys() ^ texts.keys():
                yield f"{language}.yaml: {key} is {'missing' if key in fields else 'the key of no message'}"
            for key in fields.keys() & texts.keys():
                for text in _strings(texts[key]):
                    yield from (f"{language}.yaml, {key}: {problem}" for problem in self._wrong(text, fields[key]))

    def _wrong(self, text: str, known: set[str]) -> Iterator[str]:
        try:
            used = meta.find_undeclared_variables(self._environment.parse(text))
            self._environment.from_string(text)
        except TemplateError as error:
            yield f"{text!r}: {error}"
            return
        if unknown := used - known:
            yield f"{text!r} uses {', '.join(sorted(unknown))}, which the message does not have"


def _load(path: Path) -> dict[str, Texts]:
    try:
        read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {key: Texts.model_validate(texts) for key, texts in read.items()}
    except (yaml.YAMLError, ValidationError) as error:
        raise TextsError(f"{path}: {error}") from error


def _strings(texts: Texts) -> Iterator[str]:
    mail = texts.mail
    yield from (texts.title, texts.body, mail.subject, mail.heading, *mail.paragraphs, mail.button, mail.why)


def _localized(name: str) -> Any:
    """A filter that formats a value for the recipient."""

    @pass_context
    def write(context: Context, value: Any) -> str:
        return getattr(context[LOCALE], name)(value)

    return write

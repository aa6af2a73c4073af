"""What `dashboard feature new` asks on a terminal: an answer is checked at once, Enter takes the default."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from tooling.generator.feature import PAST, PATTERNS
from tooling.generator.names import Refused
from tooling.generator.wish import Wish

Answer = str | bool
Ask = Callable[[str, Answer], Answer]
"""Puts a question, with the answer that Enter gives; one whose default is a bool takes yes or no."""
_ANY_FIELD = "x1:line"


def _always(_: Wish) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """For the attribute `what` of a wish, put where it `applies`; `{name}` in the default is the feature's."""

    what: str
    text: str
    default: Answer
    applies: Callable[[Wish], bool] = _always


QUESTIONS = (
    Question("pattern", f"Pattern, one of {', '.join(PATTERNS)}", "crud"),
    Question("fields", "Fields, such as title:line(200) url:url(2000)? count:int(0,100)", "title:line(200)"),
    Question("events", f"Events, some of {','.join(PAST)}", "", lambda wish: wish.pattern != "live"),
    Question(
        "notify",
        "Notify its owner of a new one?",
        False,
        lambda wish: wish.pattern == "live" or (wish.pattern != "admin" and "created" in wish.events),
    ),
    Question("flag", "Put it behind a feature flag?", True),
    Question("permission", "Permission", "{name}:write", lambda wish: wish.pattern == "admin"),
)


def completed(
    wish: Wish, given: Collection[str], check: Callable[[Wish], object], ask: Ask, show: Callable[[str], object]
) -> Wish:
    """`wish` with answers to what was not `given`. `check` refuses a wish; after a refused answer `show` gets why, and it is asked again.

    Raises:
        Refused: the name, or what was given, cannot be.
    """
    nothing = Wish(wish.name, _ANY_FIELD, entity=wish.entity)
    check(nothing)
    known = replace(wish, **{question.what: getattr(nothing, question.what) for question in QUESTIONS})
    for question in QUESTIONS:
        if question.what in given:
            known = replace(known, **{question.what: getattr(wish, question.what)})
            check(known)
        elif question.applies(known):
            known = _asked(known, question, check, ask, show)
    return known


def _asked(
    known: Wish, question: Question, check: Callable[[Wish], object], ask: Ask, show: Callable[[str], object]
) -> Wish:
    default = question.default
    while True:
        answer = ask(question.text, default.format(name=known.name) if isinstance(default, str) else default)
        wish = replace(known, **{question.what: answer})
        try:
            check(wish)
        except Refused as refused:
            show(str(refused))
        else:
            return wish

"""Which values a rule may name: roles and plans that there are, and ids of users."""

from collections.abc import Iterable
from typing import get_args

from shared.models.billing import PlanId
from shared.models.feature_flag import FlagRule
from shared.models.problem import FieldProblem
from shared.models.user import Role
from shared.utils.errors import Invalid
from shared.utils.ids import is_id

KNOWN: dict[str, tuple[str, ...]] = {"role": get_args(Role), "plan": get_args(PlanId)}


def check_rules(rules: Iterable[FlagRule]) -> None:
    """Raises Invalid, with each value that nobody can have."""
    errors = [problem for at, rule in enumerate(rules) for problem in _problems(at, rule)]
    if errors:
        raise Invalid("Check the fields named in `errors`.", errors=errors)


def _problems(at: int, rule: FlagRule) -> Iterable[FieldProblem]:
    known = KNOWN.get(rule.attribute)
    for place, value in enumerate(rule.values):
        if known is None and not is_id(value):
            yield FieldProblem(field=f"rules.{at}.values.{place}", message=f"“{value}” is not the id of a user.")
        if known is not None and value not in known:
            message = f"{rule.attribute.capitalize()} must be one of {', '.join(known)}."
            yield FieldProblem(field=f"rules.{at}.values.{place}", message=message)

"""Decides whether a flag is on for a caller. Pure: no clock, no network.

A user's place from 0 to 99 is a murmur3 hash of flag and user: it differs from flag to flag, and a growing share never
removes a user. No flag's name contains the separator: `a` with the user `bc` is not `ab` with `c`.
"""

from collections.abc import Mapping

import mmh3
from openfeature.evaluation_context import EvaluationContext
from openfeature.flag_evaluation import FlagResolutionDetails, Reason

from shared.models.feature_flag import FeatureFlag, FlagRule

SEPARATOR = ":"
NOBODY = EvaluationContext()
"""A caller who is not logged in."""


def context_of(user_id: str, role: str | None = None, plan: str | None = None) -> EvaluationContext:
    """The caller as OpenFeature's API takes one; an attribute that is None is unknown."""
    known = {"role": role, "plan": plan}
    return EvaluationContext(user_id, {name: value for name, value in known.items() if value is not None})


def decide(flag: FeatureFlag, caller: EvaluationContext) -> FlagResolutionDetails[bool]:
    """Whether `caller` has the feature, and why; the reason is DISABLED when nobody has it."""
    if not flag.enabled or (flag.percentage == 0 and not flag.rules):
        return FlagResolutionDetails(False, reason=Reason.DISABLED)
    if flag.percentage == 100:
        return FlagResolutionDetails(True, reason=Reason.STATIC)
    attributes = {**caller.attributes, "user": caller.targeting_key}
    if any(_meets(rule, attributes) for rule in flag.rules):
        return FlagResolutionDetails(True, reason=Reason.TARGETING_MATCH)
    within = caller.targeting_key is not None and place(flag.name, caller.targeting_key) < flag.percentage
    return FlagResolutionDetails(within, reason=Reason.SPLIT)


def place(flag: str, user_id: str) -> int:
    """From 0 to 99; always and everywhere the same for this flag and user."""
    return mmh3.hash(f"{flag}{SEPARATOR}{user_id}", signed=False) * 100 >> 32


def depends_on_plan(flag: FeatureFlag) -> bool:
    return any(rule.attribute == "plan" for rule in flag.rules)


def _meets(rule: FlagRule, attributes: Mapping[str, object]) -> bool:
    return attributes.get(rule.attribute) in rule.values

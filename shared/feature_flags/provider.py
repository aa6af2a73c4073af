"""OpenFeature's provider over `FlagValues` (https://openfeature.dev/specification/sections/providers)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NoReturn

from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError, TypeMismatchError
from openfeature.flag_evaluation import FlagResolutionDetails, FlagValueType, Reason
from openfeature.provider import AbstractProvider, Metadata

from shared.feature_flags.evaluation import NOBODY, decide, depends_on_plan
from shared.feature_flags.values import FlagValues

PlanOf = Callable[[str], Awaitable[str | None]]
"""The plan of a user; None while it cannot be read."""


class StoredFlags(AbstractProvider):
    """Boolean flags from memory. `plan_of` is called only for a caller for whom a rule by plan decides; without it such a
    rule matches nobody.
    """

    def __init__(self, values: FlagValues, plan_of: PlanOf | None = None) -> None:
        super().__init__()
        self._values = values
        self._plan_of = plan_of

    def get_metadata(self) -> Metadata:
        return Metadata(name="stored-flags")

    def resolve_boolean_details(
        self, flag_key: str, default_value: bool, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[bool]:
        """Raises FlagNotFoundError for a flag that no contract declares."""
        flag = self._values.get(flag_key)
        if flag is None:
            raise FlagNotFoundError(f"No contract declares the flag {flag_key}.")
        return decide(flag, evaluation_context or NOBODY)

    async def resolve_boolean_details_async(
        self, flag_key: str, default_value: bool, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[bool]:
        """The same, and reads the caller's plan where that decides."""
        caller = evaluation_context or NOBODY
        details = self.resolve_boolean_details(flag_key, default_value, caller)
        flag = self._values.get(flag_key)
        is_open = not details.value and details.reason != Reason.DISABLED
        if is_open and self._plan_of and flag and depends_on_plan(flag) and caller.targeting_key:
            plan = await self._plan_of(caller.targeting_key)
            return decide(flag, caller if plan is None else caller.merge(EvaluationContext(attributes={"plan": plan})))
        return details

    def resolve_string_details(
        self, flag_key: str, default_value: str, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[str]:
        _refuse(flag_key)

    def resolve_integer_details(
        self, flag_key: str, default_value: int, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[int]:
        _refuse(flag_key)

    def resolve_float_details(
        self, flag_key: str, default_value: float, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[float]:
        _refuse(flag_key)

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[FlagValueType] | Mapping[str, FlagValueType],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Sequence[FlagValueType] | Mapping[str, FlagValueType]]:
        _refuse(flag_key)


def _refuse(flag_key: str) -> NoReturn:
    raise TypeMismatchError(f"{flag_key} is on or off, and nothing else.")

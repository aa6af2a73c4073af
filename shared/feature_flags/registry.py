"""`FeatureRegistry`: whether a feature is on, for a caller, for everybody, for anybody (guide: "Deployment")."""

from openfeature import api
from openfeature.evaluation_context import EvaluationContext
from openfeature.flag_evaluation import FlagEvaluationDetails, Reason
from openfeature.provider import FeatureProvider

from shared.feature_flags.evaluation import NOBODY


class UnknownFlag(LookupError):
    """No contract declares this flag: a defect of the calling code."""


class FeatureRegistry:
    """Of one service, which is OpenFeature's domain. Asks the provider that `use` has set; nothing here waits for a peer,
    but a rule by plan in `is_enabled`.

    Every method raises UnknownFlag for a flag that no contract declares.
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._client = api.get_client(service)

    def use(self, provider: FeatureProvider) -> None:
        """Sets the provider that evaluates flags from now on."""
        api.set_provider_and_wait(provider, self._service)

    async def is_enabled(self, flag: str, caller: EvaluationContext = NOBODY) -> bool:
        """Whether `flag` is on for `caller`."""
        return _known(await self._client.get_boolean_details_async(flag, False, caller)).value

    def is_on_for_everybody(self, flag: str) -> bool:
        """Whether it is on for everybody."""
        return _known(self._client.get_boolean_details(flag, False, NOBODY)).value

    def is_on_for_anybody(self, flag: str) -> bool:
        """Whether it can be on for anybody."""
        details = _known(self._client.get_boolean_details(flag, False, NOBODY))
        return details.reason != Reason.DISABLED


def _known(details: FlagEvaluationDetails[bool]) -> FlagEvaluationDetails[bool]:
    if details.error_code:
        raise UnknownFlag(details.error_message)
    return details

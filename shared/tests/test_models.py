"""What every shared model refuses at the door, so that no service breaks on it further inside."""

import pytest
from pydantic import ValidationError

from shared.models.billing import BillingRunCreate
from shared.models.events import OutboxClaim
from shared.models.session import LoginEvent

EVENT = {"id": "1", "user_id": "2", "outcome": "failed", "occurred_at": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_outside_the_calendar_is_refused(moment: str):
    with pytest.raises(ValidationError, match="years 1 and 9999"):
        LoginEvent.model_validate(EVENT | {"occurred_at": moment})


def test_a_lone_surrogate_is_refused_in_what_is_sent_and_in_what_is_answered():
    with pytest.raises(ValidationError):
        OutboxClaim.model_validate({"relay": "\ud800"})
    with pytest.raises(ValidationError):
        LoginEvent.model_validate(EVENT | {"ip": "\ud800"})


def test_a_period_has_the_digits_that_a_database_reads():
    with pytest.raises(ValidationError):
        BillingRunCreate.model_validate({"period": "20\uff126-01"})

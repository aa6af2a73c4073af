"""Spans, as they are stored."""

import pytest
from pydantic import ValidationError

from shared.models.trace import Spans


def test_a_batch_is_as_strict_inside() -> None:
    assert Spans.model_config.get("strict")
    with pytest.raises(ValidationError):
        Spans.model_validate({"spans": ({},)})

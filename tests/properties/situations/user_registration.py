"""An address that has not been tried: attempts to register one are limited."""

from uuid import uuid4

from tests.integration.conftest import PASSWORD
from tests.properties.situations.visitor import Fitting, Visitor, situation


@situation("POST /api/user-registration")
def stranger(_: Visitor) -> Fitting:
    return Fitting(body={"email": f"{uuid4().hex}@example.com", "password": PASSWORD})

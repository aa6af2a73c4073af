"""Whatever a person sends to back-api and back-auth: each answer is one of those that OpenAPI and contract promise."""

from tests.properties.calls import Calls
from tests.properties.schemas import Example, examples_of, for_administrators, for_people, only, thorough


@examples_of(only(thorough("back-api"), for_people))
def test_back_api_answers_a_user(case: Example, user: Calls) -> None:
    user.make(case)


@examples_of(only(thorough("back-api"), for_administrators))
def test_back_api_answers_an_administrator(case: Example, administrator: Calls) -> None:
    administrator.make(case)


@examples_of(only(thorough("back-auth"), for_people))
def test_back_auth_answers_a_user(case: Example, user: Calls) -> None:
    user.make(case)

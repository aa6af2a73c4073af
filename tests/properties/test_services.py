"""Whatever a service sends to another's internal endpoints: each answer is one of those that OpenAPI and contract promise."""

from tests.properties.calls import Calls
from tests.properties.schemas import Example, examples_of, internal, only, thorough


@examples_of(only(thorough("back-api"), internal))
def test_back_api_answers_a_service(case: Example, service: Calls) -> None:
    service.make(case)


@examples_of(only(thorough("back-auth"), internal))
def test_back_auth_answers_a_service(case: Example, service: Calls) -> None:
    service.make(case)


@examples_of(only(thorough("back-postgres"), internal))
def test_back_postgres_answers_a_service(case: Example, service: Calls) -> None:
    service.make(case)


@examples_of(only(thorough("back-cassandra"), internal))
def test_back_cassandra_answers_a_service(case: Example, service: Calls) -> None:
    service.make(case)

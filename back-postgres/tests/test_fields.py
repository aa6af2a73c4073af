"""What makes an entity is stored whole, whatever fields it has: each example that a contract gives."""

from typing import Any

import pytest

from shared.contracts.check import FOLDER, load
from tests.client import Api

pytestmark = pytest.mark.integration
OWNED = "/{user_id}"
MADE = [
    pytest.param(
        endpoint.path.removeprefix("/internal").removesuffix(OWNED), example, id=f"{endpoint.request}-{number}"
    )
    for _, contract in load(FOLDER)[0]
    for endpoint in contract.endpoints
    if (endpoint.service, endpoint.method) == ("back-postgres", "POST") and endpoint.path.endswith(OWNED)
    if endpoint.request and endpoint.request.endswith("Create") and 201 in endpoint.response
    for number, example in enumerate(contract.examples.get(endpoint.request, []))
]


@pytest.mark.parametrize(("path", "example"), MADE)
async def test_each_field_that_is_sent_is_stored(api: Api, path: str, example: dict[str, Any]) -> None:
    user_id = await api.user()
    made = (await api.post(f"{path}/{user_id}", example)).json()
    assert {name: made.get(name) for name in example} == example
    assert (await api.get(f"{path}/{user_id}")).json() in (made, {"items": [made], "next_cursor": None})

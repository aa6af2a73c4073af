import importlib

import pytest

from shared.models.user import Registration, RegistrationAccepted
from shared.utils.errors import Invalid

domain = importlib.import_module("features.user-registration.domain")


class Accounts:
    def __init__(self) -> None:
        self.opened: list[str] = []

    async def open(self, registration: Registration) -> RegistrationAccepted:
        self.opened.append(registration.email)
        return RegistrationAccepted(email=registration.email)


@pytest.mark.parametrize(
    "password",
    [
        "ann.smith@example.com",
        "ANN.Smith@Example.com",
        "password123",
        "1234567890",
        "QwertyUiop",
        "aaaaaaaaaaaa",
        "abababababab",
        "            ",
        "with\x00nul bytes",
    ],
)
async def test_a_password_that_attackers_try_first_is_refused(password: str) -> None:
    accounts = Accounts()
    registration = Registration.model_validate({"email": "ann.smith@example.com", "password": password})
    with pytest.raises(Invalid) as refused:
        await domain.RegistrationDomain(accounts).register(registration)
    assert [error.field for error in refused.value.errors] == ["password"]
    assert accounts.opened == []


async def test_any_other_password_is_passed_on() -> None:
    accounts = Accounts()
    registration = Registration.model_validate({"email": "Ann@Example.com", "password": "correct horse battery"})
    accepted = await domain.RegistrationDomain(accounts).register(registration)
    assert (accepted.email, accepted.status) == ("ann@example.com", "check_your_mail")
    assert accounts.opened == ["ann@example.com"]

import importlib
import time

import pytest

from shared.models.user import Registration, RegistrationAccepted
from shared.utils.errors import Invalid

passwords = importlib.import_module("features.user-registration.passwords")
domain = importlib.import_module("features.user-registration.domain")


class Accounts:
    def __init__(self) -> None:
        self.opened: list[str] = []

    async def register(self, registration: Registration) -> RegistrationAccepted:
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
        "Password1!",
        "passwordpassword",
        "iloveyou1234",
        "P4$$w0rd2026",
        "1234iloveyou!!",
        "drowssap1234",
        "my.password.1",
        "Dashboard2026!",
        "ToolsDashboard",
        "tools-dashboard-1",
        "annsmith1990",
        "smithann!!",
        "AnnSmithAnnSmith",
        "example.com1",
        "Hopper1906!!",
        "grace.hopper",
        "gracehopper99",
    ],
)
async def test_a_password_that_attackers_try_first_is_refused(password: str) -> None:
    accounts = Accounts()
    registration = Registration.model_validate(
        {"email": "ann.smith@example.com", "password": password, "name": "Grace Hopper"}
    )
    with pytest.raises(Invalid) as refused:
        await domain.RegistrationDomain(accounts).register(registration)
    assert [error.field for error in refused.value.errors] == ["password"]
    assert accounts.opened == []


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "sunshine73910462",
        "Pässwörter gehen auch",
        "qx7-Lmv2-Td9k",
        "👩‍👩‍👧👩‍👩‍👦👨‍👩‍👧❤️",
        "Annabelle rides 7 bikes",
    ],
)
async def test_any_other_password_is_passed_on(password: str) -> None:
    accounts = Accounts()
    registration = Registration.model_validate({"email": "Ann@Example.com", "password": password, "name": "Ann"})
    accepted = await domain.RegistrationDomain(accounts).register(registration)
    assert (accepted.email, accepted.status) == ("ann@example.com", "check_your_mail")
    assert accounts.opened == ["ann@example.com"]


@pytest.mark.parametrize("part", ["a1b2", "1!", "password", "@4", " -", "💥x"])
def test_a_check_takes_less_than_a_millisecond(part: str) -> None:
    password = (part * 128)[:128]

    def once() -> float:
        started = time.thread_time()
        passwords.weakness_of(password, email=f"{'a.' * 60}b@example.com", name="Ann B " * 13)
        return time.thread_time() - started

    assert min(once() for _ in range(20)) < 0.001

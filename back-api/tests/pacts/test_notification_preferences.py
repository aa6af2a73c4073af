"""What the choices about notifications ask of back-postgres."""

import importlib
from typing import Any

import pytest

from shared.models.notification_preferences import (
    KindChoice,
    KindPreference,
    NotificationPreferences,
    NotificationPreferencesChange,
    NotificationPreferencesUpdate,
    QuietHours,
    QuietHoursChoice,
)
from shared.utils.errors import Stale
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import USER

pytestmark = pytest.mark.pact
Preferences: Any = importlib.import_module("features.notification-preferences.infrastructure").BackPostgresPreferences
KIND = KindPreference(kind="invoice", live=True, mail="daily")
HOURS = QuietHours.model_validate({"from": "22:00", "to": "07:00"})
NONE = NotificationPreferences(kinds=[KIND], version=0)
CHOSEN = NotificationPreferences(kinds=[KIND], quiet_hours=HOURS, version=1)
UPDATE = NotificationPreferencesUpdate(
    kinds=[KindChoice(kind="invoice", live=True, mail="daily")],
    quiet_hours=QuietHoursChoice.model_validate({"from": "22:00", "to": "07:00"}),
)
CHANGE = NotificationPreferencesChange(preferences=UPDATE, version=0)
PATH = "/internal/notification-preferences/{user_id}"
PUT = Ask(
    "PUT",
    PATH,
    json={
        "preferences": {
            "kinds": [{"kind": "invoice", "live": True, "mail": "daily"}],
            "quiet_hours": {"from": "22:00", "to": "07:00"},
        },
        "version": 0,
    },
)
PERSON = "a person"
CHANGED = "a person whose choices about notifications changed meanwhile"

INTERACTIONS = [
    Interaction("the default choices", PERSON, Ask("GET", PATH), ok(NONE), lambda c: Preferences(c).get(USER), NONE),
    Interaction("choosing", PERSON, PUT, ok(CHOSEN), lambda c: Preferences(c).put(USER, CHANGE), CHOSEN),
    Interaction(
        "a stale choice", CHANGED, PUT, refusal(412, current=CHOSEN), lambda c: Preferences(c).put(USER, CHANGE), Stale
    ),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_choices_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")

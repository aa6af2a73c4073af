"""Every message is of a kind that people can choose about."""

from features.notifications.registry import message_models

from shared.models.notification_kinds import DEFAULTS


def test_every_message_is_of_a_kind_with_a_default():
    assert {model.kind for model in message_models()} == {each.kind for each in DEFAULTS}


def test_a_kind_is_declared_once():
    kinds = [each.kind for each in DEFAULTS]
    assert len(kinds) == len(set(kinds))
